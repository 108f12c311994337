# SPDX-License-Identifier: MIT
#
# The mixed responses as a picture: one bar for each contestant, on a scale where each line is ten times the one before. It brings a
# ground of its own, so that it can be read on any page, and dark colours for those who prefer them.

BEGIN {
  FS = "\t"
  set = "mixed-responses"
  width = 760
  left = 250
  right = 90
  top = 64
  step = 26
  thick = 16
}

$1 == "set" && $2 == set { size = $5 }
$1 == "time" && $2 == set { time[$3] = $4; if (best == "") best = $3 }

function x(value) {
  return left + (width - left - right) * log(value / first) / log(last / first)
}

function words(at_x, at_y, anchor, class, text) {
  printf "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" class=\"%s\">%s</text>\n", at_x, at_y, anchor, class, text
}

function kernel(name) {
  sub(/^avx/, "AVX", name)
  sub(/^AVX512/, "AVX-512", name)
  sub(/^sse/, "SSE", name)
  sub(/^neon/, "NEON", name)
  sub(/^plain/, "plain C", name)
  return name
}

function shown(value) {
  return value < 999.5 ? sprintf("%.0f ns", value) : sprintf("%.1f &#181;s", value / 1000)
}

# Nothing is drawn of a contestant that was not there.
function bar(name, label, class,    y) {
  if (!(name in time)) {
    return
  }
  y = top + rows++ * step
  words(left - 10, y + thick - 3, "end", class == "ours" ? "label strong" : "label", label)
  printf "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" rx=\"2\" class=\"%s\"/>\n", left, y, x(time[name]) - left, thick, class
  words(x(time[name]) + 7, y + thick - 3, "start", class == "ours" ? "label strong" : "label", shown(time[name]))
}

function lines(height,    value) {
  for (value = first; value <= last; value *= 10) {
    printf "<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" class=\"grid\"/>\n", x(value), top - 8, x(value), height - 26
    words(x(value), height - 10, "middle", "small", value < 1000 ? value " ns" : value / 1000 " &#181;s")
  }
}

function key(at_x, class, text) {
  printf "<rect x=\"%d\" y=\"36\" width=\"12\" height=\"12\" rx=\"2\" class=\"%s\"/>\n", at_x, class
  words(at_x + 18, 46, "start", "small", text)
}

function count_rows(    list, n, i) {
  n = split("bodycheck none|simdjson DOM|RapidJSON DOM|cJSON|jansson|cJSON + checks by hand|RapidJSON schema|ajv from bytes|" \
            "jansson + checks by hand", list, "|")
  rows = 1
  for (i = 1; i <= n; i++) {
    rows += list[i] in time
  }
  rows += best != "bodycheck plain" && ("bodycheck plain" in time)
  return rows
}

END {
  first = 10
  for (last = 1000; last < time["jansson + checks by hand"] || last < time["ajv from bytes"];) {
    last *= 10
  }
  height = top + count_rows() * step + 36
  rows = 0
  printf "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\">\n", width, height,
         width, height
  print "<!-- Made by test/bench/run.sh; do not edit. -->"
  print "<title>Time to check one response body, and of parsers to parse it</title>"
  print "<style>"
  print "text { font-family: system-ui, -apple-system, 'Segoe UI', Helvetica, Arial, sans-serif; fill: #59636e }"
  print ".title { font-size: 15px; font-weight: 600 } .label { font-size: 13px } .strong { font-weight: 600 }"
  print ".small { font-size: 12px }"
  print ".title, .strong { fill: #1f2328 } .grid { stroke: #8c959f; stroke-opacity: .35 }"
  print ".ours { fill: #1a7f37 } .checks { fill: #0969da } .parses { fill: #9aa4af }"
  print ".card { fill: #ffffff; stroke: #d1d9e0 } .label { paint-order: stroke; stroke: #ffffff; stroke-width: 4px }"
  print "@media (prefers-color-scheme: dark) {"
  print ".card { fill: #0d1117; stroke: #3d444d } .label { stroke: #0d1117 }"
  print "text { fill: #9198a1 } .title, .strong { fill: #f0f6fc }"
  print ".ours { fill: #3fb950 } .checks { fill: #4493f8 } .parses { fill: #656c76 } }"
  print "</style>"
  printf "<rect x=\"0.5\" y=\"0.5\" width=\"%d\" height=\"%d\" rx=\"6\" class=\"card\"/>\n", width - 1, height - 1
  words(16, 24, "start", "title", sprintf("Time for one response body of %.0f bytes on average (1,024 different ones in turn)", size))
  key(16, "ours", "bodycheck: parses and checks")
  key(230, "checks", "parses and checks")
  key(378, "parses", "only parses")
  words(width - 16, 46, "end", "small", "each line is ten times the one before")
  lines(height)
  bar(best, "bodycheck, " kernel(substr(best, 11)), "ours")
  if (best != "bodycheck plain") {
    bar("bodycheck plain", "bodycheck, plain C", "ours")
  }
  bar("bodycheck none", "bodycheck, precise engine", "ours")
  bar("simdjson DOM", "simdjson", "parses")
  bar("RapidJSON DOM", "RapidJSON", "parses")
  bar("cJSON", "cJSON", "parses")
  bar("jansson", "jansson", "parses")
  bar("cJSON + checks by hand", "cJSON, checks by hand", "checks")
  bar("RapidJSON schema", "RapidJSON SchemaValidator", "checks")
  bar("ajv from bytes", "ajv, from bytes", "checks")
  bar("jansson + checks by hand", "jansson, checks by hand", "checks")
  print "</svg>"
}
