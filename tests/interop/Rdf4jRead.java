// Reads Turtle with RDF4J into a model in memory and writes the model as N-Triples: Rdf4jRead GRAPH.ttl

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.rdf4j.model.Model;
import org.eclipse.rdf4j.rio.RDFFormat;
import org.eclipse.rdf4j.rio.Rio;

public class Rdf4jRead {
    public static void main(String[] arguments) throws Exception {
        try (InputStream file = Files.newInputStream(Path.of(arguments[0]))) {
            Model model = Rio.parse(file, "", RDFFormat.TURTLE);
            Rio.write(model, System.out, RDFFormat.NTRIPLES);
        }
    }
}
