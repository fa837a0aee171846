"use strict";
// Cuts SPARQL into tokens with a kind each, for colours and completion. Longest tokens first; what is left is plain.
const SPARQL_KEYWORDS = ("SELECT DISTINCT REDUCED CONSTRUCT DESCRIBE ASK WHERE FROM NAMED PREFIX BASE ORDER BY ASC DESC LIMIT OFFSET "
  + "GROUP HAVING VALUES OPTIONAL GRAPH UNION MINUS FILTER BIND AS NOT EXISTS IN UNDEF COUNT SUM MIN MAX AVG SAMPLE GROUP_CONCAT "
  + "SEPARATOR STR LANG LANGMATCHES DATATYPE BOUND IRI URI BNODE RAND ABS CEIL FLOOR ROUND CONCAT STRLEN UCASE LCASE ENCODE_FOR_URI "
  + "CONTAINS STRSTARTS STRENDS STRBEFORE STRAFTER YEAR MONTH DAY HOURS MINUTES SECONDS TIMEZONE TZ NOW UUID STRUUID MD5 SHA1 SHA256 "
  + "SHA384 SHA512 COALESCE IF STRLANG STRDT sameTerm isIRI isURI isBLANK isLITERAL isNUMERIC REGEX SUBSTR REPLACE true false").split(" ");
const SPARQL_WORDS = new Set(SPARQL_KEYWORDS.map((word) => word.toUpperCase()));
const SPARQL_TOKEN = /(?<comment>#[^\n]*)|(?<iri><[^<>"{}|^`\\\s]*>)|(?<string>"""[\s\S]*?(?:"""|$)|'''[\s\S]*?(?:'''|$)|"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?)|(?<variable>[?$]\w*)|(?<name>[\p{L}][\w.-]*:[\w:%.\\-]*|:[\w%.-]+)|(?<number>\b\d+(?:\.\d+)?)|(?<word>[\p{L}_]\w*)/gu;

function sparqlTokens(text) {
  const found = [];
  for (const match of text.matchAll(SPARQL_TOKEN)) {
    let kind = Object.keys(match.groups).find((name) => match.groups[name] !== undefined);
    if (kind === "word") kind = SPARQL_WORDS.has(match[0].toUpperCase()) || match[0] === "a" ? "keyword" : "plain";
    found.push({ kind, text: match[0], start: match.index, end: match.index + match[0].length });
  }
  return found;
}
