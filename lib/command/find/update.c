/* SPDX-License-Identifier: MIT */
/* For realpath, which not every POSIX system must have. */
#define _XOPEN_SOURCE 700

#include "find/update.h"

#include "descriptor.h"
#include "memory.h"
#include "text.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILE_NAME ".bodycheck"

/* A line that replaces one, or follows it. */
typedef struct line_edit {
  const cmd_mapfile *file; /* NULL: a new one */
  bdc_str folder;          /* the real path of the file's folder */
  size_t line;             /* SIZE_MAX: at the end */
  bool replaces;
  bdc_str old; /* the line, or the one before */
  char *data;  /* the new line, without an end */
  size_t size;
} line_edit;

struct cmd_updates {
  const cmd_maps *maps;
  line_edit *edits;
  size_t count;
  size_t capacity;
  bool sorted;
  cmd_words words; /* of the line that is looked at */
  char *room;
};

cmd_updates *cmd_updates_new(const cmd_maps *maps) {
  cmd_updates *updates = cmd_resize(NULL, 1, sizeof(*updates));
  *updates = (cmd_updates){ .maps = maps };
  return updates;
}

void cmd_updates_free(cmd_updates *updates) {
  if (!updates) {
    return;
  }
  for (size_t i = 0; i < updates->count; i++) {
    free(updates->edits[i].data);
  }
  free(updates->edits);
  cmd_words_free(&updates->words);
  free(updates->room);
  free(updates);
}

/* ---- planning ---- */

static bool is_wild(uint32_t character) {
  return character == '*' || character == '?' || character == '[' || character == '\\';
}

/* What no line may hold, and a pattern can only match with "?". */
static bool is_unwritable(uint32_t character) {
  return character < 0x20 || character == 0x7f || character == CMD_INVALID;
}

/* The pattern that matches this path alone; but for control characters and bytes that are not UTF-8, for which any byte may stand. */
static void put_pattern(bdc_str path, cmd_output *out) {
  bool needs_slash = !memchr(path.data, '/', path.size) || path.data[0] == '#' || path.data[0] == '"';
  cmd_puts(out, needs_slash ? "/" : "");
  uint32_t character;
  for (size_t at = 0; at < path.size;) {
    size_t size = cmd_decode((bdc_str){ path.data + at, path.size - at }, &character);
    cmd_puts(out, is_wild(character) ? "\\" : "");
    cmd_put(out, is_unwritable(character) ? BDC_STR("?") : (bdc_str){ path.data + at, size });
    at += size;
  }
}

/* Splits a line of a file, which is known to have no mistake. */
static void split(cmd_updates *updates, bdc_str line) {
  updates->room = cmd_resize(updates->room, line.size, 1);
  char *room = updates->room;
  cmd_words_split(&updates->words, line, &room);
}

/* The words of `expect` and what stands behind it; *end == *begin == count where there is none. */
static void find_expect(const cmd_words *words, size_t *begin, size_t *end) {
  size_t at = 2;
  while (at < words->count && !cmd_word_is(&words->items[at], "expect")) {
    bool two = cmd_word_is(&words->items[at], "rules") || cmd_word_is(&words->items[at], "response");
    at += two ? 2 : 1;
  }
  *begin = at < words->count ? at : words->count;
  for (at = *begin + 1; at < words->count && !cmd_word_is_clause(&words->items[at]); at++) {
  }
  *end = at < words->count ? at : words->count;
}

static size_t word_begin(const cmd_words *words, size_t at, bdc_str line) {
  return (size_t)(words->items[at].raw.data - line.data);
}

static size_t word_end(const cmd_words *words, size_t at, bdc_str line) {
  return word_begin(words, at, line) + words->items[at].raw.size;
}

/* The line with another `expect`, and else as it was. */
static void put_replaced(cmd_updates *updates, bdc_str line, const cmd_expect *found, cmd_output *out) {
  const cmd_words *words = &updates->words;
  size_t first;
  size_t end;
  find_expect(words, &first, &end);
  bool has = first < end;
  size_t cut = has ? word_begin(words, first + 1, line) : word_end(words, words->count - 1, line);
  size_t on = word_end(words, end - 1, line);
  cmd_put(out, (bdc_str){ line.data, cut });
  cmd_puts(out, has ? "" : " expect ");
  cmd_expect_put(found, out);
  cmd_put(out, (bdc_str){ line.data + on, line.size - on });
}

/* A line like this one for another pattern. */
static void put_alike(cmd_updates *updates, bdc_str pattern, const cmd_expect *found, cmd_output *out) {
  const cmd_words *words = &updates->words;
  size_t first;
  size_t end;
  find_expect(words, &first, &end);
  cmd_word_put(pattern, out);
  for (size_t i = 1; i < words->count; i++) {
    if (i < first || i >= end) {
      cmd_puts(out, " ");
      cmd_put(out, words->items[i].raw);
    }
  }
  cmd_puts(out, " expect ");
  cmd_expect_put(found, out);
}

/* A line for a file that had none. */
static void put_first(const cmd_unmapped *unmapped, bdc_str pattern, const cmd_expect *found, cmd_output *out) {
  cmd_word_put(pattern, out);
  cmd_puts(out, " ");
  if (unmapped->kind == CMD_MAP_AUTO) {
    cmd_puts(out, "auto");
  } else {
    cmd_word_put(unmapped->operation, out);
    cmd_puts(out, unmapped->status > 0 ? " response " : " request");
    if (unmapped->status > 0) {
      cmd_put_number(out, (uint64_t)unmapped->status);
    }
  }
  cmd_puts(out, " expect ");
  cmd_expect_put(found, out);
}

static void add_edit(cmd_updates *updates, line_edit edit, const cmd_output *text) {
  edit.data = text->data;
  edit.size = text->size;
  updates->edits = cmd_grow(updates->edits, updates->count, &updates->capacity, sizeof(*updates->edits));
  updates->edits[updates->count++] = edit;
  updates->sorted = false;
}

/* Whether the line is for this path alone, as far as the run knows. */
static bool is_for_one(const cmd_mapping *mapping, bdc_str written, bdc_str path, bdc_str pattern) {
  if (cmd_equal(written, pattern)) {
    return true;
  }
  bool one = mapping->glob.anchored || (!memchr(path.data, '/', path.size) && atomic_load(&mapping->files) <= 1);
  return one && cmd_glob_is_plain(&mapping->glob);
}

static void add_to_line(cmd_updates *updates, const cmd_mapping *mapping, bdc_str path, bdc_str pattern, const cmd_expect *found) {
  split(updates, mapping->text);
  cmd_output text = CMD_MEMORY;
  line_edit edit = { .file = mapping->in, .folder = mapping->in->folder, .line = mapping->line, .old = mapping->text };
  edit.replaces = is_for_one(mapping, updates->words.items[0].text, path, pattern);
  if (edit.replaces) {
    put_replaced(updates, mapping->text, found, &text);
  } else {
    put_alike(updates, pattern, found, &text);
  }
  add_edit(updates, edit, &text);
}

static void add_line(cmd_updates *updates, const cmd_mapfile *file, bdc_str folder, bdc_str pattern, const cmd_unmapped *unmapped,
                     const cmd_expect *found) {
  cmd_output text = CMD_MEMORY;
  put_first(unmapped, pattern, found, &text);
  add_edit(updates, (line_edit){ .file = file, .folder = folder, .line = SIZE_MAX }, &text);
}

void cmd_updates_add(cmd_updates *updates, const cmd_chain *chain, bdc_str file_name, const cmd_mapping *mapping,
                     const cmd_unmapped *unmapped, const cmd_expect *found) {
  if (mapping && (mapping->kind == CMD_MAP_IGNORE || cmd_expect_equal(&mapping->expect, found))) {
    return;
  }
  const cmd_mapfile *file = mapping ? mapping->in : cmd_chain_nearest(chain);
  bdc_str folder = file ? file->folder : cmd_chain_folder(chain);
  cmd_output whole = CMD_MEMORY;
  cmd_put(&whole, cmd_chain_folder(chain));
  cmd_puts(&whole, "/");
  cmd_put(&whole, file_name);
  bdc_str path = { whole.data + folder.size + 1, whole.size - folder.size - 1 };
  cmd_output pattern = CMD_MEMORY;
  put_pattern(path, &pattern);
  if (mapping) {
    add_to_line(updates, mapping, path, cmd_output_text(&pattern), found);
  } else {
    add_line(updates, file, folder, cmd_output_text(&pattern), unmapped, found);
  }
  cmd_output_free(&whole);
  cmd_output_free(&pattern);
}

/* ---- order ---- */

static bdc_str text_of(const line_edit *edit) {
  return (bdc_str){ edit->data, edit->size };
}

static int compare(const void *left, const void *right) {
  const line_edit *a = left;
  const line_edit *b = right;
  int order = cmd_compare(a->folder, b->folder);
  order = order != 0 ? order : (a->line > b->line) - (a->line < b->line);
  order = order != 0 ? order : b->replaces - a->replaces;
  return order != 0 ? order : cmd_compare(text_of(a), text_of(b));
}

/* Whether the second of two edits, which stand in order, says nothing that the first does not. */
static bool is_again(const line_edit *first, const line_edit *second) {
  bool line = cmd_compare(first->folder, second->folder) == 0 && first->line == second->line;
  return line && ((first->replaces && second->replaces) || compare(first, second) == 0);
}

/* Sorts the edits, and drops those that are there twice. */
static void sort(cmd_updates *updates) {
  if (updates->sorted || updates->count == 0) {
    return;
  }
  qsort(updates->edits, updates->count, sizeof(*updates->edits), compare);
  size_t kept = 1;
  for (size_t i = 1; i < updates->count; i++) {
    if (is_again(&updates->edits[kept - 1], &updates->edits[i])) {
      free(updates->edits[i].data);
    } else {
      updates->edits[kept++] = updates->edits[i];
    }
  }
  updates->count = kept;
  updates->sorted = true;
}

size_t cmd_updates_count(cmd_updates *updates) {
  sort(updates);
  return updates->count;
}

/* How many of the edits, from this one on, are of its file. */
static size_t same_file(const line_edit *edits, size_t count) {
  size_t same = 1;
  while (same < count && cmd_compare(edits[same].folder, edits[0].folder) == 0) {
    same++;
  }
  return same;
}

/* ---- showing ---- */

static void put_name(const cmd_updates *updates, const line_edit *edit, cmd_output *out) {
  if (edit->file) {
    cmd_put(out, edit->file->name);
    return;
  }
  cmd_maps_put_folder(updates->maps, edit->folder, out);
  cmd_puts(out, out->size > 0 && out->data[out->size - 1] != '/' ? "/" FILE_NAME : FILE_NAME);
}

static void show_line(cmd_output *out, const char *mark, bdc_str line) {
  cmd_puts(out, mark);
  cmd_put_text(out, line);
  cmd_puts(out, "\n");
}

static void show_place(const cmd_updates *updates, const line_edit *edit, cmd_output *out) {
  cmd_output name = CMD_MEMORY;
  put_name(updates, edit, &name);
  cmd_put_text(out, cmd_output_text(&name));
  cmd_output_free(&name);
  if (edit->line != SIZE_MAX) {
    cmd_puts(out, ":");
    cmd_put_number(out, edit->line);
    cmd_puts(out, "\n");
    show_line(out, edit->replaces ? "- " : "  ", edit->old);
  } else {
    cmd_puts(out, "\n");
  }
}

void cmd_updates_print(cmd_updates *updates, cmd_output *out) {
  sort(updates);
  const line_edit *before = NULL;
  for (size_t i = 0; i < updates->count; i++) {
    const line_edit *edit = &updates->edits[i];
    if (!before || edit->line != before->line || cmd_compare(edit->folder, before->folder) != 0) {
      show_place(updates, edit, out);
    }
    show_line(out, "+ ", text_of(edit));
    before = edit;
  }
}

/* ---- writing ---- */

/* The end of the line that was taken: "\n", "\r\n", or nothing at the end of the file. */
static bdc_str take_line(bdc_str *rest, bdc_str *end) {
  const char *newline = memchr(rest->data, '\n', rest->size);
  size_t size = newline ? (size_t)(newline - rest->data) : rest->size;
  size_t used = newline ? size + 1 : size;
  size -= newline && size > 0 && rest->data[size - 1] == '\r';
  bdc_str line = { rest->data, size };
  *end = (bdc_str){ rest->data + size, used - size };
  *rest = (bdc_str){ rest->data + used, rest->size - used };
  return line;
}

/* The file's text with the edits, which are in order. */
static void put_edited(bdc_str text, const line_edit *edits, size_t count, cmd_output *out) {
  static const char mark[] = "\xef\xbb\xbf";
  bdc_str usual = BDC_STR("\n");
  size_t skipped = text.size >= 3 && memcmp(text.data, mark, 3) == 0 ? 3 : 0;
  cmd_put(out, (bdc_str){ text.data, skipped });
  bdc_str rest = { text.data + skipped, text.size - skipped };
  size_t at = 0;
  for (size_t number = 1; rest.size > 0; number++) {
    bdc_str end;
    bdc_str line = take_line(&rest, &end);
    usual = end.size > 0 ? end : usual;
    bool replaced = at < count && edits[at].line == number && edits[at].replaces;
    cmd_put(out, replaced ? text_of(&edits[at++]) : line);
    for (; at < count && edits[at].line == number; at++) {
      cmd_put(out, usual);
      cmd_put(out, text_of(&edits[at]));
    }
    cmd_put(out, end);
  }
  bool open = out->size > skipped && out->data[out->size - 1] != '\n';
  cmd_put(out, open && at < count ? usual : (bdc_str){ 0 });
  for (; at < count; at++) {
    cmd_put(out, text_of(&edits[at]));
    cmd_put(out, usual);
  }
}

/* Whether the file still holds what was read of it. */
static bool is_unchanged(int fd, bdc_str text) {
  char buffer[16 * 1024];
  size_t at = 0;
  ssize_t got;
  while ((got = cmd_read(fd, buffer, sizeof(buffer))) > 0) {
    if ((size_t)got > text.size - at || memcmp(buffer, text.data + at, (size_t)got) != 0) {
      return false;
    }
    at += (size_t)got;
  }
  return got == 0 && at == text.size;
}

/* False with errno where not all of it could be written. */
static bool write_and_close(int fd, bdc_str text) {
  bool written = cmd_write(fd, text.data, text.size);
  int error = errno;
  if (close(fd) != 0 && written) {
    error = errno;
    written = false;
  }
  errno = error;
  return written;
}

/* False with errno; then there is no such file. */
static bool create_file(const char *path, mode_t mode, bool exact, bdc_str text) {
  int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOCTTY, mode);
  if (fd < 0) {
    return false;
  }
  bool allowed = !exact || fchmod(fd, mode) == 0;
  bool written = write_and_close(fd, text) && allowed;
  if (!written) {
    int error = errno;
    unlink(path);
    errno = error;
  }
  return written;
}

/* Writes a file under a name of its own, and lets it replace the other. False with errno. */
static bool replace_file(const char *path, mode_t mode, bdc_str text) {
  size_t size = strlen(path) + 32;
  char *other = cmd_resize(NULL, size, 1);
  snprintf(other, size, "%s.%ld", path, (long)getpid());
  bool written = create_file(other, mode & 07777, true, text);
  bool replaced = written && rename(other, path) == 0;
  int error = errno;
  if (written && !replaced) {
    unlink(other);
  }
  free(other);
  errno = error;
  return replaced;
}

/* As replace_file, of a file that was read; a link is kept, and what it names is replaced. */
static const char *write_edited(const char *path, const line_edit *edits, size_t count) {
  struct stat status;
  char *real = realpath(path, NULL);
  int fd = real ? open(real, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK) : -1;
  const char *mistake = NULL;
  cmd_output text = CMD_MEMORY;
  if (fd < 0 || fstat(fd, &status) != 0) {
    mistake = strerror(errno);
  } else if (!is_unchanged(fd, edits[0].file->text)) {
    mistake = "it was changed since it was read";
  } else {
    bdc_str before = edits[0].file->text;
    put_edited(before.size > 0 ? before : BDC_STR(""), edits, count, &text);
    mistake = replace_file(real, status.st_mode, cmd_output_text(&text)) ? NULL : strerror(errno);
  }
  if (fd >= 0) {
    close(fd);
  }
  free(real);
  cmd_output_free(&text);
  return mistake;
}

static const char *write_new(const char *path, const line_edit *edits, size_t count) {
  cmd_output text = CMD_MEMORY;
  put_edited(BDC_STR(""), edits, count, &text);
  const char *mistake = create_file(path, 0666, false, cmd_output_text(&text)) ? NULL : strerror(errno);
  cmd_output_free(&text);
  return mistake;
}

static bool write_file(const cmd_updates *updates, const line_edit *edits, size_t count, cmd_output *out) {
  cmd_output path = CMD_MEMORY;
  cmd_put(&path, edits[0].folder);
  cmd_puts(&path, "/" FILE_NAME);
  cmd_put(&path, (bdc_str){ "", 1 });
  const char *mistake = edits[0].file ? write_edited(path.data, edits, count) : write_new(path.data, edits, count);
  if (mistake) {
    cmd_output name = CMD_MEMORY;
    put_name(updates, edits, &name);
    cmd_error(out, "%.*s: cannot be written: %s", (int)name.size, name.data, mistake);
    cmd_output_free(&name);
  }
  cmd_output_free(&path);
  return mistake == NULL;
}

bool cmd_updates_write(cmd_updates *updates, cmd_output *out) {
  sort(updates);
  bool written = true;
  for (size_t i = 0, count = 0; i < updates->count; i += count) {
    count = same_file(&updates->edits[i], updates->count - i);
    written &= write_file(updates, &updates->edits[i], count, out);
  }
  return written;
}
