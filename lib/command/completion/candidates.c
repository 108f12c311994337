/* SPDX-License-Identifier: MIT */
#include "completion/candidates.h"

#include <string.h>

static bool has(const char *text, const char *word) {
  return strstr(text, word) != NULL;
}

cmd_candidates cmd_option_candidates(const cmd_option *option) {
  if (option->kind == CMD_CHOICE) {
    return CMD_CANDIDATES_WORDS;
  }
  if (option->names_operation) {
    return CMD_CANDIDATES_OPERATIONS;
  }
  return has(option->argument, "FILE") || has(option->argument, "PATH") ? CMD_CANDIDATES_FILES : CMD_CANDIDATES_NONE;
}

cmd_candidates cmd_operand_candidates(const cmd_command *command) {
  const char *operands = command->operands;
  if (has(operands, "OPERATION")) {
    return CMD_CANDIDATES_OPERATIONS;
  }
  if (has(operands, "FILE")) {
    return CMD_CANDIDATES_FILES;
  }
  return has(operands, "|") ? CMD_CANDIDATES_WORDS : CMD_CANDIDATES_NONE;
}

void cmd_option_words_put(const cmd_option *option, cmd_output *out) {
  for (size_t i = 0; option->choices[i]; i++) {
    cmd_puts(out, i > 0 ? " " : "");
    cmd_puts(out, option->choices[i]);
  }
}

void cmd_operand_words_put(const cmd_command *command, cmd_output *out) {
  for (const char *c = command->operands; *c; c++) {
    cmd_put(out, (bdc_str){ *c == '|' ? " " : c, 1 });
  }
}

/* How much of a text is its first statement: what explains it stands behind a colon, a semicolon, or in brackets. */
static size_t first_statement(const char *text) {
  size_t size = strcspn(text, ";.(");
  for (; text[size] == '.' && text[size + 1] > ' '; size += 1 + strcspn(text + size + 1, ";.(")) {
  }
  const char *colon = strstr(text, ": ");
  size = colon && (size_t)(colon - text) < size ? (size_t)(colon - text) : size;
  while (size > 0 && (text[size - 1] == ' ' || text[size - 1] == '\n')) {
    size--;
  }
  return size;
}

void cmd_description_put(const char *text, cmd_output *out) {
  size_t size = first_statement(text);
  for (size_t i = 0; i < size; i++) {
    cmd_put(out, (bdc_str){ text[i] == '\n' ? " " : text + i, 1 });
  }
}
