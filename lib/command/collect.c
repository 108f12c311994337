/* SPDX-License-Identifier: MIT */
/* For realpath, which not every POSIX system must have. */
#define _XOPEN_SOURCE 700
#include "collect.h"

#include "find/walk.h"
#include "memory.h"
#include "text.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* ---- items ---- */

static char *copy(bdc_str text) {
  char *memory = cmd_resize(NULL, text.size + 1, 1);
  if (text.size > 0) {
    memcpy(memory, text.data, text.size);
  }
  memory[text.size] = '\0';
  return memory;
}

static cmd_item *add_item(cmd_collection *c, bdc_str path, cmd_item_kind kind) {
  c->items = cmd_grow(c->items, c->count, &c->capacity, sizeof(*c->items));
  cmd_item *item = &c->items[c->count++];
  *item = (cmd_item){ .path = copy(path), .kind = kind };
  return item;
}

static void add_note(cmd_collection *c, bdc_str path, cmd_note note, bdc_str text) {
  cmd_item *item = add_item(c, path, CMD_ITEM_NOTE);
  item->note = note;
  item->note.text = copy(text);
}

static void add_unread(cmd_collection *c, const char *path, const char *reason) {
  add_note(c, cmd_str(path), (cmd_note){ .rule = CMD_OWN_UNREAD, .severity = BDC_ERROR }, cmd_str(reason));
}

/* ---- names ---- */

static bool ends_with(const char *path, const char *suffix) {
  return cmd_ends_with_fold(cmd_str(path), cmd_str(suffix));
}

static bool has_lines(const char *name) {
  return ends_with(name, ".jsonl") || ends_with(name, ".ndjson");
}

static bool is_json(const char *name) {
  return ends_with(name, ".json") || has_lines(name);
}

static cmd_item_kind kind_of(const cmd_collection *c, const char *name) {
  if (c->lines) {
    return CMD_ITEM_LINES;
  }
  if (ends_with(name, ".http") || ends_with(name, ".rest")) {
    return CMD_ITEM_HTTP;
  }
  return ends_with(name, ".har") ? CMD_ITEM_HAR : has_lines(name) ? CMD_ITEM_LINES : CMD_ITEM_BODY;
}

static bool says_itself(cmd_item_kind kind) {
  return kind == CMD_ITEM_HTTP || kind == CMD_ITEM_HAR;
}

static bdc_str folder_of(const char *path) {
  const char *slash = strrchr(path, '/');
  if (!slash) {
    return BDC_STR(".");
  }
  return (bdc_str){ path, slash == path ? 1 : (size_t)(slash - path) };
}

/* ---- rules ---- */

static size_t add_context(cmd_collection *c, cmd_context context) {
  c->contexts = cmd_grow(c->contexts, c->context_count, &c->context_capacity, sizeof(*c->contexts));
  c->contexts[c->context_count] = context;
  return c->context_count++;
}

/* Rules are loaded once for each path; a second policy of undocumented members shares them. */
static bdc_ruleset *rules_of(const cmd_collection *c, bdc_str rules) {
  for (size_t i = 0; i < c->context_count; i++) {
    if (cmd_equal(c->contexts[i].rules, rules)) {
      return c->contexts[i].ruleset;
    }
  }
  return NULL;
}

static bdc_ruleset *load_rules(const cmd_collection *c, bdc_str rules) {
  char *path = copy(rules);
  cmd_load load = { .defines = c->load->defines, .provider = c->load->provider };
  for (size_t i = 0; i < c->load->rules.count; i++) {
    cmd_list_add(&load.rules, c->load->rules.items[i]);
  }
  cmd_list_add(&load.rules, path);
  bdc_ruleset *ruleset = cmd_rules_load("check", &load, c->out);
  free((void *)load.rules.items);
  free(path);
  return ruleset;
}

/* Whether a path is that of rules that the options name, or lies below one of them: they are loaded already. */
static bool is_loaded(const cmd_collection *c, bdc_str rules) {
  char *path = copy(rules);
  char *wanted = realpath(path, NULL);
  bool loaded = false;
  for (size_t i = 0; wanted && i < c->load->rules.count && !loaded; i++) {
    char *real = realpath(c->load->rules.items[i], NULL);
    size_t size = real ? strlen(real) : 0;
    loaded = real && strncmp(wanted, real, size) == 0 && (wanted[size] == '\0' || wanted[size] == '/');
    free(real);
  }
  free(wanted);
  free(path);
  return loaded;
}

/* The context of a line; SIZE_MAX where its rules cannot be loaded, which has been told with what is wrong in them. */
static size_t context_of(cmd_collection *c, const cmd_mapping *mapping) {
  bdc_unknown unknown = c->unknown != BDC_UNKNOWN_TABLE ? c->unknown : mapping->unknown;
  bdc_str rules = mapping->rules.size == 0 || !is_loaded(c, mapping->rules) ? mapping->rules : (bdc_str){ 0 };
  for (size_t i = 0; i < c->context_count; i++) {
    if (cmd_equal(c->contexts[i].rules, rules) && c->contexts[i].unknown == unknown) {
      return i;
    }
  }
  bdc_ruleset *ruleset = rules_of(c, rules);
  ruleset = ruleset ? ruleset : load_rules(c, rules);
  return ruleset ? add_context(c, (cmd_context){ .ruleset = ruleset, .rules = rules, .unknown = unknown }) : SIZE_MAX;
}

/* ---- .bodycheck lines ---- */

static void add_mistake(bdc_str file, size_t line, size_t column, bdc_str message, void *context) {
  cmd_note note = { .rule = CMD_OWN_MAPPING, .severity = BDC_ERROR, .line = line, .column = column };
  add_note(context, file, note, message);
}

static void resolve(cmd_collection *c, const cmd_mapping *mapping, cmd_resolved *resolved) {
  resolved->state = CMD_NOT_RESOLVABLE;
  resolved->context = context_of(c, mapping);
  if (resolved->context == SIZE_MAX) {
    add_mistake(mapping->file, mapping->line, mapping->rules_column, BDC_STR("these rules cannot be loaded"), c);
    return;
  }
  resolved->operation = c->operation;
  if (!c->operation && mapping->kind == CMD_MAP_OPERATION) {
    cmd_output why = CMD_MEMORY;
    resolved->operation = cmd_operation_search(c->contexts[resolved->context].ruleset, mapping->operation, &why);
    if (!resolved->operation) {
      add_mistake(mapping->file, mapping->line, mapping->column, cmd_output_text(&why), c);
      cmd_output_free(&why);
      return;
    }
  }
  resolved->state = CMD_RESOLVED;
}

static const cmd_resolved *resolved_of(cmd_collection *c, const cmd_mapping *mapping) {
  if (mapping->index >= c->resolved_count) {
    size_t count = mapping->index + 1 > c->resolved_count * 2 ? mapping->index + 1 : c->resolved_count * 2;
    c->resolved = cmd_resize(c->resolved, count, sizeof(*c->resolved));
    memset(c->resolved + c->resolved_count, 0, (count - c->resolved_count) * sizeof(*c->resolved));
    c->resolved_count = count;
  }
  cmd_resolved *resolved = &c->resolved[mapping->index];
  if (resolved->state == CMD_NOT_RESOLVED) {
    resolve(c, mapping, resolved);
  }
  return resolved;
}

/* ---- files ---- */

static void tell_unmapped(cmd_collection *c, const char *path, const cmd_mapping *mapping, bool named) {
  c->unmapped_count++;
  bool error = c->unmapped == CMD_UNMAPPED_ERROR || (c->unmapped == CMD_UNMAPPED_AUTO && named);
  if (error || c->unmapped == CMD_UNMAPPED_LIST) {
    add_note(
        c, cmd_str(path), (cmd_note){ .rule = CMD_OWN_UNMAPPED, .severity = error ? BDC_ERROR : BDC_WARNING },
        mapping
            ? BDC_STR("nothing says which operation this is for: its .bodycheck line leaves that to the file, and JSON cannot say it")
            : BDC_STR("nothing says which operation this is for: no --op NAME is given, and no line of a .bodycheck file matches it"));
  }
}

/* A file that no line matches, or one that leaves the operation to the file itself. */
static bool is_unmapped(const cmd_collection *c, const cmd_mapping *mapping, cmd_item_kind kind) {
  return !c->operation && !says_itself(kind) && (!mapping || mapping->kind == CMD_MAP_AUTO);
}

static void add_mapped(cmd_collection *c, const char *path, cmd_item_kind kind, const cmd_chain *chain, const cmd_mapping *mapping) {
  static const cmd_resolved by_options_alone = { .state = CMD_RESOLVED };
  const cmd_resolved *resolved = mapping ? resolved_of(c, mapping) : &by_options_alone;
  if (resolved->state != CMD_RESOLVED) {
    return;
  }
  size_t context = resolved->context;
  const bdc_operation *operation = c->operation ? c->operation : resolved->operation;
  cmd_item *item = add_item(c, cmd_str(path), kind);
  item->operation = operation;
  item->http_status = c->operation ? c->http_status : mapping ? mapping->status : 0;
  item->context = context;
  item->chain = chain;
  item->silenced = cmd_chain_has_silencers(chain);
  item->mapping = mapping;
  item->expect = mapping && mapping->expect.given ? &mapping->expect : NULL;
}

/* False where the file has been met before: among operands, or in a folder that is one. */
static bool meet(cmd_collection *c, const char *path) {
  while (path[0] == '.' && path[1] == '/' && path[2] != '\0') {
    path += 2;
  }
  bdc_str name = cmd_str(path);
  if (cmd_paths_find(&c->met, name)) {
    return false;
  }
  cmd_paths_add(&c->met, name, c);
  return true;
}

/* `name` is what patterns see, as a path: that of the file, or what standard input is called. */
static void add_file(cmd_collection *c, const char *path, const char *name, bool named) {
  if (!meet(c, path)) {
    return;
  }
  const cmd_chain *chain = cmd_maps_chain(c->maps, folder_of(name));
  const cmd_mapping *mapping = cmd_chain_find(chain, cmd_last_part(cmd_str(name)));
  cmd_item_kind kind = kind_of(c, name);
  if (mapping && mapping->kind == CMD_MAP_IGNORE && !(named && c->operation)) {
    return;
  }
  mapping = mapping && mapping->kind == CMD_MAP_IGNORE ? NULL : mapping;
  if (!mapping && !named && !is_json(name) && !says_itself(kind)) {
    return;
  }
  if (is_unmapped(c, mapping, kind)) {
    tell_unmapped(c, path, mapping, named);
    return;
  }
  add_mapped(c, path, kind, chain, mapping);
}

static void found_file(const char *path, void *context) {
  const cmd_collection *c = context;
  if (!cmd_file_set_has(&c->written, path)) {
    add_file(context, path, path, false);
  }
}

/* A .bodycheck file is read even where its folder has no files for it: it may have mistakes, and silencers that nothing needs. */
static void found_folder(const char *path, void *context) {
  cmd_collection *c = context;
  (void)cmd_maps_chain(c->maps, cmd_str(path));
}

static void found_trouble(const char *path, const char *reason, void *context) {
  add_unread(context, path, reason);
}

void cmd_collection_add(cmd_collection *c, const char *operand) {
  struct stat about;
  if (strcmp(operand, "-") == 0) {
    add_file(c, operand, c->stdin_name, true);
  } else if (stat(operand, &about) != 0) {
    add_unread(c, operand, strerror(errno));
  } else if (S_ISDIR(about.st_mode)) {
    cmd_walk_sink sink = { .file = found_file, .folder = found_folder, .trouble = found_trouble, .context = c };
    cmd_maps_walked(c->maps, cmd_str(operand));
    cmd_walk(operand, &sink);
  } else {
    add_file(c, operand, operand, true);
  }
}

/* ---- a collection ---- */

void cmd_collection_open(cmd_collection *c, bdc_ruleset *ruleset) {
  c->maps = cmd_maps_new(add_mistake, c);
  add_context(c, (cmd_context){ .ruleset = ruleset, .unknown = c->unknown });
}

/* Then files may have been left out that its silencers are for. */
static bool has_mistakes(const cmd_collection *c, bdc_str file) {
  for (size_t i = 0; i < c->count; i++) {
    const cmd_item *item = &c->items[i];
    if (item->kind == CMD_ITEM_NOTE && item->note.rule == CMD_OWN_MAPPING && cmd_equal(cmd_str(item->path), file)) {
      return true;
    }
  }
  return false;
}

static void add_unused(const cmd_silencer *silencer, void *context) {
  if (has_mistakes(context, silencer->file)) {
    return;
  }
  cmd_note note = { .rule = CMD_OWN_SILENCE, .severity = BDC_WARNING, .line = silencer->line, .column = 1 };
  add_note(context, silencer->file, note, BDC_STR("this silences nothing: no such finding is left"));
}

void cmd_collection_add_unused(cmd_collection *c) {
  cmd_maps_unused(c->maps, add_unused, c);
}

/* Several contexts may have the same rules. */
static void free_contexts(cmd_collection *c) {
  for (size_t i = 0; i < c->context_count; i++) {
    bool shared = false;
    for (size_t j = 0; j < i; j++) {
      shared |= c->contexts[j].ruleset == c->contexts[i].ruleset;
    }
    if (!shared) {
      bdc_ruleset_free(c->contexts[i].ruleset);
    }
  }
  free(c->contexts);
}

void cmd_collection_free(cmd_collection *c) {
  for (size_t i = 0; i < c->count; i++) {
    free(c->items[i].path);
    free(c->items[i].note.text);
  }
  free(c->items);
  free(c->resolved);
  cmd_paths_free(&c->met);
  cmd_file_set_free(&c->written);
  free_contexts(c);
  cmd_maps_free(c->maps);
}
