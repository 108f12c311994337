# SPDX-License-Identifier: MIT
#
# The measurements of run.sh as Markdown.

BEGIN {
  FS = "\t"
}

$1 == "fact" { fact_name[++facts] = $2; fact[facts] = $3 }
$1 == "set" { set_name[++sets] = $2; title[$2] = $3; bodies[$2] = $4; size[$2] = $5 }
$1 == "time" {
  if (!($3 in known)) {
    known[$3] = 1
    contestant[++contestants] = $3
  }
  time[$2, $3] = $4
  low[$2, $3] = $5
  high[$2, $3] = $6
  paired[$2, $3] = $7
}
$1 == "violation" { violation = $2 }
$1 == "count" {
  if (!($3 in counted)) {
    counted[$3] = 1
    counting[++countings] = $3
  }
  count[$2, $3] = $4
}
$1 == "steps" {
  if (!($3 in stepped)) {
    stepped[$3] = 1
    stepping[++steppings] = $3
  }
  steps[$2, $3] = $4
}
$1 == "load" { load_name[++loads] = $2; load_time[$2] = $3; load_held[$2] = $4; load_most[$2] = $5 }
$1 == "checker" { checker_time = $3; checker_bytes = $4 }
$1 == "lines" { lines_size = $2; lines_check = $3; lines_wc = $4 }

# ---- figures ----

function grouped(number,    text, out) {
  text = sprintf("%.0f", number)
  while (length(text) > 3) {
    out = "," substr(text, length(text) - 2) out
    text = substr(text, 1, length(text) - 3)
  }
  return text out
}

function figure(value) {
  return value == "" ? "" : value < 99.95 ? sprintf("%.1f", value) : grouped(value)
}

# To the best kernel; of contestants timed in turn with it, the median of the ratios.
function ratio(set, name) {
  if (time[set, name] == "") {
    return ""
  }
  return sprintf("%.2f", paired[set, name] != "" ? paired[set, name] : time[set, name] / time[set, best])
}

function quotient(a, b) {
  return a != "" && b != "" && b > 0 ? a / b : ""
}

function smaller(a, b) {
  return a == "" ? b : b == "" ? a : a < b ? a : b
}

function rule(columns,    i) {
  printf "|---|"
  for (i = 1; i <= columns; i++) {
    printf "---:|"
  }
  print ""
}

# ---- the bar ----

function bar(what, against, bound, value, shown) {
  if (value == "") {
    printf "| %s | %s | %s | not measured | |\n", what, against, bound
  } else {
    printf "| %s | %s | %s | %s | %s |\n", what, against, bound, shown, value <= limit ? "yes" : "**no**"
  }
}

function bar_ratio(what, against, bound, value) {
  limit = bound + 0
  bar(what, against, bound, value, sprintf("%.2f", value))
}

function bar_part(what, against, parts, value) {
  limit = 1 / parts
  bar(what, against, "1/" parts, value, value == "" ? "" : sprintf("1/%.1f", 1 / value))
}

function print_bar(    r, simd, plain, instructions) {
  r = "mixed-responses"
  simd = "simdjson DOM"
  plain = smaller(paired[r, "bodycheck sse2"], paired[r, "bodycheck plain"])
  instructions = smaller(count["apig-201", "bodycheck avx2"], count["apig-201", "bodycheck sse2"])
  print "| bodies | against | at most | reached | met |\n|---|---|---:|---:|---|"
  bar_ratio("mixed responses, best kernel", "simdjson DOM parse alone", 0.65, quotient(1, paired[r, simd]))
  bar_ratio("mixed responses, plain C or SSE2 kernel", "simdjson DOM parse alone", 1.2, quotient(plain, paired[r, simd]))
  limit = 2000
  bar("APIG 201, SSE2 or AVX2 kernel", "instructions", "2,000", instructions, figure(instructions))
  bar_part("mixed responses, best kernel", "RapidJSON SchemaValidator", 45, quotient(1, paired[r, "RapidJSON schema"]))
  bar_part("mixed responses, best kernel", "ajv from bytes", 40, quotient(time[r, best], time[r, "ajv from bytes"]))
  bar_ratio("Chinese remark, best kernel", "simdjson DOM parse alone", "1.0", quotient(1, paired["chinese", simd]))
  bar_ratio("1 MiB array, best kernel", "simdjson DOM parse alone", 0.75, quotient(1, paired["array", simd]))
  bar_ratio("mixed responses, one violation each: full report", "the same bodies valid, precise engine", 1.5, violation)
  bar_ratio("mixed responses, precise engine alone", "simdjson DOM parse alone", 3,
            quotient(paired[r, "bodycheck none"], paired[r, simd]))
  bar_ratio(sprintf("`check --lines --quiet`, %s MiB", grouped(lines_size / 1048576)), "`wc -l` of the same file", 2.5,
            quotient(lines_check, lines_wc))
  limit = 20
  bar("load 1,000 operations of 20 fields", "ms", "20", load_time["1,000 operations of 20 fields"],
      figure(load_time["1,000 operations of 20 fields"]))
  limit = 65536
  bar("memory of one checker", "bytes", "65,536", checker_bytes, grouped(checker_bytes))
  printf "\nRapidJSON's validator knows no formats: here a pattern holds it to the form of dates. Without that it would be 1/%.1f.\n",
         paired[r, "RapidJSON schema, no dates"]
}

# ---- tables ----

function print_heads(    i) {
  printf "| |"
  for (i = 1; i <= sets; i++) {
    printf " %s, %s B |", title[set_name[i]], grouped(size[set_name[i]])
  }
  print ""
  rule(sets)
}

function print_times(    i, j) {
  print_heads()
  for (j = 1; j <= contestants; j++) {
    printf "| %s |", contestant[j]
    for (i = 1; i <= sets; i++) {
      printf " %s |", figure(time[set_name[i], contestant[j]])
    }
    print ""
  }
}

function print_ratios(    i, j) {
  print_heads()
  for (j = 1; j <= contestants; j++) {
    printf "| %s |", contestant[j]
    for (i = 1; i <= sets; i++) {
      printf " %s |", ratio(set_name[i], contestant[j])
    }
    print ""
  }
}

function print_details(set,    j, name) {
  printf "\n<details>\n<summary>%s: %s bod%s, %s B</summary>\n\n", title[set], grouped(bodies[set]), bodies[set] == 1 ? "y" : "ies",
         grouped(size[set])
  print "| | ns, median | lower quartile | upper quartile | GB/s | ratio |"
  rule(5)
  for (j = 1; j <= contestants; j++) {
    name = contestant[j]
    if (time[set, name] != "") {
      printf "| %s | %s | %s | %s | %.2f | %s |\n", name, figure(time[set, name]), figure(low[set, name]), figure(high[set, name]),
             size[set] / time[set, name], ratio(set, name)
    }
  }
  print "\n</details>"
}

# Of the sets that were counted.
function print_counts(table, names, n,    i, j, some) {
  printf "| |"
  for (i = 1; i <= sets; i++) {
    if ((set_name[i], names[1]) in table) {
      printf " %s, %s B |", title[set_name[i]], grouped(size[set_name[i]])
      some++
    }
  }
  print ""
  rule(some)
  for (j = 1; j <= n; j++) {
    printf "| %s |", names[j]
    for (i = 1; i <= sets; i++) {
      if ((set_name[i], names[1]) in table) {
        printf " %s |", grouped(table[set_name[i], names[j]])
      }
    }
    print ""
  }
}

function print_loads(    i, name) {
  print "| | ms | bytes held | bytes at most |"
  rule(3)
  for (i = 1; i <= loads; i++) {
    name = load_name[i]
    printf "| %s | %.2f | %s | %s |\n", name, load_time[name], grouped(load_held[name]), grouped(load_most[name])
  }
  printf "| a checker | %.3f | %s | %s |\n", checker_time, grouped(checker_bytes), grouped(checker_bytes)
}

END {
  best = contestant[1]
  print "<!-- Made by test/bench/run.sh; do not edit. -->\n"
  print "# Measured\n"
  for (i = 1; i <= facts; i++) {
    printf "- %s: %s\n", fact_name[i], fact[i]
  }
  printf "\nThe best kernel of this machine is `%s`; `bodycheck none` is the precise engine alone. ", substr(best, 11)
  printf "What is measured, and what is fair, is said "
  print "in [README.md](README.md)."
  print "\n## The bar\n"
  print_bar()
  print "\n## Nanoseconds for one body\n"
  print_times()
  print "\n## Ratio to the best kernel\n"
  print_ratios()
  print "\n## Spread\n\nTimes as medians with quartiles, each for one body."
  for (i = 1; i <= sets; i++) {
    print_details(set_name[i])
  }
  print "\n## Instructions for one body\n"
  print "By callgrind, which knows no AVX-512: the kernel and the code of simdjson that use it are not run here.\n"
  print_counts(count, counting, countings)
  print "\nCounted by single steps, which run what the processor has:\n"
  print_counts(steps, stepping, steppings)
  print "\n## Loading rules, making a checker\n"
  print_loads()
  print "\n## The command\n"
  printf "`check --lines --quiet` over %s MiB: %.2f s, %.2f GB/s; `wc -l` of the same file: %.2f s. Both warm, alternating, medians.\n",
         grouped(lines_size / 1048576), lines_check / 1000, lines_size / lines_check / 1e6, lines_wc / 1000
}
