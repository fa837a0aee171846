// Answers queries with Jena: JenaAnswers GRAPH.ttl QUERIES, where the latter holds NAME TAB QUERY, newlines as \u0001.
// Prints NAME TAB row, the terms of a row as N-Triples between \u0001; a variable without a value is nothing.

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.jena.query.QueryExecution;
import org.apache.jena.query.QueryExecutionFactory;
import org.apache.jena.query.QuerySolution;
import org.apache.jena.query.ResultSet;
import org.apache.jena.rdf.model.Model;
import org.apache.jena.riot.RDFDataMgr;
import org.apache.jena.riot.out.NodeFmtLib;

public class JenaAnswers {
    public static void main(String[] arguments) throws Exception {
        Model model = RDFDataMgr.loadModel(arguments[0]);
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        for (String line : Files.readAllLines(Path.of(arguments[1]), StandardCharsets.UTF_8)) {
            String[] parts = line.split("\t", 2);
            try (QueryExecution running = QueryExecutionFactory.create(parts[1].replace('\u0001', '\n'), model)) {
                ResultSet rows = running.execSelect();
                while (rows.hasNext()) {
                    QuerySolution row = rows.next();
                    List<String> terms = new ArrayList<>();
                    for (String name : rows.getResultVars()) {
                        terms.add(row.get(name) == null ? "" : NodeFmtLib.strNT(row.get(name).asNode()));
                    }
                    out.println(parts[0] + "\t" + String.join("\u0001", terms));
                }
            }
        }
    }
}
