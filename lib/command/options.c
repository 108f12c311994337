/* SPDX-License-Identifier: MIT */
#include "options.h"

#include "memory.h"
#include "suggest.h"
#include "text.h"

#include <stdlib.h>
#include <string.h>

/* The arguments of one command on their way into its settings. */
typedef struct parser {
  const cmd_command *command;
  cmd_output *out;
  const char *const *arguments;
  size_t count;
  size_t next;
  char *settings;
  cmd_list *operands;
} parser;

void cmd_list_add(cmd_list *list, const char *item) {
  list->items = cmd_grow(list->items, list->count, &list->capacity, sizeof(*list->items));
  list->items[list->count++] = item;
}

bool cmd_number_parse(const char *text, size_t low, size_t high, size_t *number) {
  size_t value = 0;
  for (const char *digit = text; *digit; digit++) {
    if (*digit < '0' || *digit > '9' || value > (SIZE_MAX - 9) / 10) {
      return false;
    }
    value = value * 10 + (size_t)(*digit - '0');
  }
  *number = value;
  return *text != '\0' && value >= low && value <= high;
}

static cmd_parsed refuse_choice(const parser *p, const cmd_option *option, const char *value) {
  cmd_output names = CMD_MEMORY;
  for (const char *const *choice = option->choices; *choice; choice++) {
    cmd_puts(&names, choice == option->choices ? "" : choice[1] ? ", " : " or ");
    cmd_puts(&names, *choice);
  }
  cmd_error(p->out, "%s: --%s takes %.*s, not '%s'", p->command->name, option->name, (int)names.size, names.data, value);
  cmd_output_free(&names);
  return CMD_PARSE_FAILED;
}

static cmd_parsed set_choice(const parser *p, const cmd_option *option, const char *value) {
  for (size_t i = 0; option->choices[i]; i++) {
    if (strcmp(option->choices[i], value) == 0) {
      *(size_t *)(void *)(p->settings + option->offset) = i;
      return CMD_PARSED;
    }
  }
  return refuse_choice(p, option, value);
}

static cmd_parsed set_number(const parser *p, const cmd_option *option, const char *value) {
  if (cmd_number_parse(value, option->low, option->high, (size_t *)(void *)(p->settings + option->offset))) {
    return CMD_PARSED;
  }
  cmd_error(p->out, "%s: --%s takes a number from %zu to %zu, not '%s'", p->command->name, option->name, option->low, option->high,
            value);
  return CMD_PARSE_FAILED;
}

static cmd_parsed set(const parser *p, const cmd_option *option, const char *value) {
  void *field = p->settings + option->offset;
  switch (option->kind) {
  case CMD_HELP:
    return CMD_PARSED_HELP;
  case CMD_FLAG:
    *(bool *)field = true;
    return CMD_PARSED;
  case CMD_TEXT:
    *(const char **)field = value;
    return CMD_PARSED;
  case CMD_NUMBER:
    return set_number(p, option, value);
  case CMD_CHOICE:
    return set_choice(p, option, value);
  case CMD_LIST:
    cmd_list_add(field, value);
    return CMD_PARSED;
  }
  return CMD_PARSE_FAILED;
}

bool cmd_option_takes_value(const cmd_option *option) {
  return option->kind != CMD_HELP && option->kind != CMD_FLAG;
}

/* `value` is what stood with the option itself; NULL: the next argument, where the option takes one. */
static cmd_parsed set_or_take_next(parser *p, const cmd_option *option, const char *value) {
  if (cmd_option_takes_value(option) && !value) {
    if (p->next == p->count) {
      cmd_error(p->out, "%s: --%s needs %s; see 'bodycheck %s --help'", p->command->name, option->name, option->argument,
                p->command->name);
      return CMD_PARSE_FAILED;
    }
    value = p->arguments[p->next++];
  }
  return set(p, option, value);
}

static cmd_parsed refuse_name(const parser *p, bdc_str name) {
  cmd_suggestions near = { .wanted = name };
  for (size_t i = 0; i < p->command->option_count; i++) {
    cmd_suggest(&near, cmd_str(p->command->options[i].name));
  }
  cmd_output hint = CMD_MEMORY;
  cmd_suggestions_put(&near, "--", &hint);
  if (near.count > 0) {
    cmd_error(p->out, "%s: unknown option '--%.*s'%.*s", p->command->name, (int)name.size, name.data, (int)hint.size, hint.data);
  } else {
    cmd_error(p->out, "%s: unknown option '--%.*s'; see 'bodycheck %s --help'", p->command->name, (int)name.size, name.data,
              p->command->name);
  }
  cmd_output_free(&hint);
  return CMD_PARSE_FAILED;
}

static cmd_parsed parse_long(parser *p, const char *text) {
  const char *equals = strchr(text, '=');
  bdc_str name = { text, equals ? (size_t)(equals - text) : strlen(text) };
  for (size_t i = 0; i < p->command->option_count; i++) {
    const cmd_option *option = &p->command->options[i];
    if (!cmd_equal(name, cmd_str(option->name))) {
      continue;
    }
    if (equals && !cmd_option_takes_value(option)) {
      cmd_error(p->out, "%s: --%s takes no value", p->command->name, option->name);
      return CMD_PARSE_FAILED;
    }
    return set_or_take_next(p, option, equals ? equals + 1 : NULL);
  }
  return refuse_name(p, name);
}

static const cmd_option *find_letter(const cmd_command *command, char letter) {
  for (size_t i = 0; i < command->option_count; i++) {
    if (command->options[i].letter == letter) {
      return &command->options[i];
    }
  }
  return NULL;
}

/* "-q", "-f json", "-fjson", "-qf json". */
static cmd_parsed parse_letters(parser *p, const char *letters) {
  for (const char *letter = letters; *letter; letter++) {
    const cmd_option *option = find_letter(p->command, *letter);
    if (!option) {
      cmd_error(p->out, "%s: unknown option '-%s'; see 'bodycheck %s --help'", p->command->name, letter, p->command->name);
      return CMD_PARSE_FAILED;
    }
    if (cmd_option_takes_value(option)) {
      return set_or_take_next(p, option, letter[1] ? letter + 1 : NULL);
    }
    cmd_parsed parsed = set(p, option, NULL);
    if (parsed != CMD_PARSED) {
      return parsed;
    }
  }
  return CMD_PARSED;
}

cmd_parsed cmd_options_parse(const cmd_command *command, cmd_output *out, const char *const *arguments, size_t count, void *settings,
                             cmd_list *operands) {
  parser p = { command, out, arguments, count, 0, settings, operands };
  bool only_operands = false;
  while (p.next < count) {
    const char *argument = arguments[p.next++];
    cmd_parsed parsed = CMD_PARSED;
    if (only_operands || argument[0] != '-' || argument[1] == '\0') {
      cmd_list_add(operands, argument);
    } else if (strcmp(argument, "--") == 0) {
      only_operands = true;
    } else if (argument[1] == '-') {
      parsed = parse_long(&p, argument + 2);
    } else {
      parsed = parse_letters(&p, argument + 1);
    }
    if (parsed != CMD_PARSED) {
      return parsed;
    }
  }
  return CMD_PARSED;
}

void cmd_options_free(const cmd_command *command, void *settings) {
  for (size_t i = 0; i < command->option_count; i++) {
    if (command->options[i].kind == CMD_LIST) {
      cmd_list *list = (void *)((char *)settings + command->options[i].offset);
      free(list->items);
      *list = (cmd_list){ 0 };
    }
  }
}
