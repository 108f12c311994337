/* SPDX-License-Identifier: MIT */
/* For realpath, which not every POSIX system must have. */
#define _XOPEN_SOURCE 700

#include "find/map.h"

#include "find/content.h"
#include "find/paths.h"
#include "memory.h"
#include "text.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define FILE_NAME ".bodycheck"

enum { PATH_BYTES = 1024 };

/* A folder, and with all that are reached by `up` the chain that holds in it. */
struct cmd_chain {
  bdc_str real;        /* its real path; empty for "/" */
  const cmd_chain *up; /* NULL where the walk upwards ends */
  cmd_mapfile *file;   /* NULL: there is none */
  char *name;          /* what it lives in */
  char *text;
  bool walked;
};

struct cmd_maps {
  cmd_mistakes mistakes;
  char *working;     /* the real path of the working folder, NULL where it has none */
  cmd_paths names;   /* real paths of folders, by names that lead to them from the working folder */
  cmd_paths given;   /* chains, by names as they were asked for */
  cmd_paths real;    /* chains, by real paths */
  cmd_chain nothing; /* for folders that are not there */
  size_t mapping_count;
};

/* ---- names ---- */

/* How many bytes two paths have alike, up to the end of a part of both. */
static size_t common_parts(bdc_str a, bdc_str b) {
  size_t common = 0;
  size_t at = 0;
  while (at <= a.size && at <= b.size) {
    bool a_ends = at == a.size || a.data[at] == '/';
    bool b_ends = at == b.size || b.data[at] == '/';
    if (a_ends && b_ends) {
      common = at;
    }
    if (at == a.size || at == b.size || a.data[at] != b.data[at]) {
      break;
    }
    at++;
  }
  return common;
}

void cmd_maps_put_folder(const cmd_maps *maps, bdc_str real, cmd_output *out) {
  bdc_str working = cmd_str(maps->working);
  size_t common = common_parts(working, real);
  if (common == 0) {
    cmd_put(out, real.size > 0 ? real : BDC_STR("/"));
    return;
  }
  for (size_t i = common; i < working.size; i++) {
    if (working.data[i] == '/') {
      cmd_puts(out, out->size > 0 ? "/.." : "..");
    }
  }
  size_t begin = common < real.size ? common + 1 : common;
  cmd_puts(out, out->size > 0 && begin < real.size ? "/" : "");
  cmd_put(out, (bdc_str){ real.data + begin, real.size - begin });
}

/* ---- reading ---- */

static void tell(const cmd_maps *maps, const char *name, const char *message, int error) {
  cmd_output text = CMD_MEMORY;
  cmd_puts(&text, message);
  cmd_puts(&text, error != 0 ? cmd_content_reason(error) : "");
  if (maps->mistakes.report) {
    maps->mistakes.report(cmd_str(name), 0, 0, cmd_output_text(&text), maps->mistakes.context);
  }
  cmd_output_free(&text);
}

/* False where there is no such file, or none that can be read, which has then been told. */
static bool read_file(const cmd_maps *maps, const char *path, const char *name, cmd_output *text) {
  struct stat status;
  if (lstat(path, &status) != 0 && (errno == ENOENT || errno == ENOTDIR)) {
    return false;
  }
  int error = cmd_content_read(AT_FDCWD, path, 0, text);
  if (error != 0) {
    tell(maps, name, error == CMD_NOT_REGULAR ? "" : "cannot be read: ", error);
  }
  return error == 0;
}

static void number_mappings(cmd_maps *maps, cmd_mapfile *file) {
  for (size_t i = 0; i < file->mapping_count; i++) {
    file->mappings[i].index = maps->mapping_count++;
  }
}

/* Reads the folder's file, where it has one. `path` is the file's. */
static void load(cmd_maps *maps, cmd_chain *chain, const char *path) {
  cmd_output base = CMD_MEMORY;
  cmd_output name = CMD_MEMORY;
  cmd_output text = CMD_MEMORY;
  cmd_maps_put_folder(maps, chain->real, &base);
  cmd_put(&name, cmd_output_text(&base));
  cmd_puts(&name, name.size > 0 && name.data[name.size - 1] != '/' ? "/" FILE_NAME : FILE_NAME);
  cmd_put(&name, (bdc_str){ "", 1 });
  if (read_file(maps, path, name.data, &text)) {
    chain->name = name.data;
    chain->text = text.data;
    chain->file = cmd_resize(NULL, 1, sizeof(*chain->file));
    *chain->file = (cmd_mapfile){ .name = { name.data, name.size - 1 }, .folder = chain->real, .text = cmd_output_text(&text) };
    cmd_mapfile_parse(chain->file, cmd_output_text(&base), &maps->mistakes);
    number_mappings(maps, chain->file);
  } else {
    cmd_output_free(&name);
    cmd_output_free(&text);
  }
  cmd_output_free(&base);
}

/* ---- chains ---- */

/* A folder that is not in the table yet; *top says whether the walk upwards ends with it. */
static cmd_chain *make_chain(cmd_maps *maps, bdc_str real, bool *top) {
  static const char git[] = "/.git";
  static const char own[] = "/" FILE_NAME;
  cmd_chain *chain = cmd_resize(NULL, 1, sizeof(*chain));
  *chain = (cmd_chain){ .real = cmd_paths_add(&maps->real, real, chain) };
  char *path = cmd_resize(NULL, real.size + sizeof(own), 1);
  memcpy(path, chain->real.data, real.size);
  struct stat status;
  memcpy(path + real.size, git, sizeof(git));
  *top = real.size == 0 || lstat(path, &status) == 0;
  memcpy(path + real.size, own, sizeof(own));
  load(maps, chain, path);
  free(path);
  return chain;
}

/* The folder with this real path, and whatever of the folders above it has not been looked at yet. */
static cmd_chain *chain_of(cmd_maps *maps, bdc_str real) {
  cmd_chain *found = cmd_paths_find(&maps->real, real);
  cmd_chain *below = NULL;
  cmd_chain *lowest = found;
  bool top = false;
  while (!found && !top) {
    cmd_chain *made = make_chain(maps, real, &top);
    lowest = below ? lowest : made;
    if (below) {
      below->up = made;
    }
    below = made;
    while (real.size > 0 && real.data[--real.size] != '/') {
    }
    found = top ? NULL : cmd_paths_find(&maps->real, real);
  }
  if (below && found) {
    below->up = found;
  }
  return lowest;
}

/* ---- real paths ---- */

/* Also one that is not there: what standard input is called may be a file whose folder is still to be made. */
static bool is_plain_folder(const char *name, bdc_str last) {
  struct stat status;
  if (last.size == 0 || cmd_equal(last, BDC_STR(".")) || cmd_equal(last, BDC_STR(".."))) {
    return false;
  }
  return lstat(name, &status) == 0 ? S_ISDIR(status.st_mode) : errno == ENOENT;
}

/* The real path of a folder, whose parent's is known; NULL with errno. */
static char *find_real(const char *name, bdc_str parent, bdc_str last) {
  if (!is_plain_folder(name, last)) {
    return realpath(name, NULL);
  }
  char *real = cmd_resize(NULL, parent.size + last.size + 2, 1);
  memcpy(real, parent.data, parent.size);
  size_t at = parent.size;
  if (at == 0 || real[at - 1] != '/') {
    real[at++] = '/';
  }
  memcpy(real + at, last.data, last.size);
  real[at + last.size] = '\0';
  return real;
}

/*
 * As realpath, but each folder on the way is looked at once in a run: realpath would look at all of them again for each of the folders
 * in one. `name` is NUL-terminated and not empty. NULL with errno; the path is the table's.
 */
static const char *resolve(cmd_maps *maps, char *name) {
  const char *real = name[0] == '/' ? "/" : maps->working;
  char *begin = name + strspn(name, "/");
  while (real && *begin) {
    char *end = begin + strcspn(begin, "/");
    char *next = end + strspn(end, "/");
    bdc_str prefix = { name, (size_t)(end - name) };
    char *known = cmd_paths_find(&maps->names, prefix);
    if (!known) {
      char kept = *end;
      *end = '\0';
      known = find_real(name, cmd_str(real), (bdc_str){ begin, (size_t)(end - begin) });
      *end = kept;
      if (known) {
        cmd_paths_add(&maps->names, prefix, known);
      }
    }
    real = known;
    begin = next;
  }
  return real;
}

/* What could not be looked at is told; what is not there is told by whoever reads it. */
static cmd_chain *resolve_chain(cmd_maps *maps, bdc_str folder) {
  cmd_output name = CMD_MEMORY;
  cmd_put(&name, folder.size > 0 ? folder : BDC_STR("."));
  cmd_put(&name, (bdc_str){ "", 1 });
  errno = ENOENT;
  const char *real = resolve(maps, name.data);
  if (!real && errno != ENOENT && errno != ENOTDIR) {
    tell(maps, name.data, "the folder's " FILE_NAME " cannot be looked for: ", errno);
  }
  cmd_output_free(&name);
  bdc_str path = cmd_str(real);
  path.size = path.size == 1 ? 0 : path.size;
  return real ? chain_of(maps, path) : &maps->nothing;
}

static cmd_chain *chain_named(cmd_maps *maps, bdc_str folder) {
  cmd_chain *chain = cmd_paths_find(&maps->given, folder);
  if (!chain) {
    chain = resolve_chain(maps, folder);
    cmd_paths_add(&maps->given, folder, chain);
  }
  return chain;
}

const cmd_chain *cmd_maps_chain(cmd_maps *maps, bdc_str folder) {
  return chain_named(maps, folder);
}

/* ---- asking ---- */

/* The absolute path of a file in a folder, in `small` where it fits, else in memory that is to be freed. */
static char *put_path(const cmd_chain *chain, bdc_str file_name, char small[PATH_BYTES]) {
  size_t size = chain->real.size + 1 + file_name.size;
  char *path = size <= PATH_BYTES ? small : cmd_resize(NULL, size, 1);
  memcpy(path, chain->real.data, chain->real.size);
  path[chain->real.size] = '/';
  if (file_name.size > 0) {
    memcpy(path + chain->real.size + 1, file_name.data, file_name.size);
  }
  return path;
}

/* The part of a path that lies below a folder. */
static bdc_str below(const cmd_chain *folder, const char *path, size_t size) {
  return (bdc_str){ path + folder->real.size + 1, size - folder->real.size - 1 };
}

static void count_file(const cmd_mapfile *file, const cmd_mapping *mapping) {
  if (mapping) {
    atomic_fetch_add_explicit(&file->mappings[mapping - file->mappings].files, 1, memory_order_relaxed);
  }
}

const cmd_mapping *cmd_chain_find(const cmd_chain *chain, bdc_str file_name) {
  char small[PATH_BYTES];
  char *path = put_path(chain, file_name, small);
  size_t size = chain->real.size + 1 + file_name.size;
  const cmd_mapping *found = NULL;
  for (const cmd_chain *at = chain; at; at = at->up) {
    if (at->file) {
      bdc_str relative = below(at, path, size);
      if (!found) {
        found = cmd_mapfile_find(at->file, relative);
        count_file(at->file, found);
      }
      cmd_mapfile_ask(at->file, relative);
    }
  }
  if (path != small) {
    free(path);
  }
  return found;
}

bool cmd_chain_has_silencers(const cmd_chain *chain) {
  while (chain && !(chain->file && chain->file->silencer_count > 0)) {
    chain = chain->up;
  }
  return chain != NULL;
}

const cmd_silencer *cmd_chain_silence(const cmd_chain *chain, bdc_str file_name, bdc_place in, bdc_str field, bdc_str pointer,
                                      bdc_rule rule) {
  cmd_found finding = { .in = in, .field = field, .pointer = pointer, .rule = rule };
  char small[PATH_BYTES];
  char *path = put_path(chain, file_name, small);
  size_t size = chain->real.size + 1 + file_name.size;
  const cmd_silencer *first = NULL;
  for (const cmd_chain *at = chain; at; at = at->up) {
    const cmd_silencer *found = at->file ? cmd_mapfile_silence(at->file, below(at, path, size), &finding) : NULL;
    first = first ? first : found;
  }
  if (path != small) {
    free(path);
  }
  return first;
}

const cmd_mapfile *cmd_chain_nearest(const cmd_chain *chain) {
  while (chain && !chain->file) {
    chain = chain->up;
  }
  return chain ? chain->file : NULL;
}

bdc_str cmd_chain_folder(const cmd_chain *chain) {
  return chain->real;
}

/* ---- the whole run ---- */

void cmd_maps_walked(cmd_maps *maps, bdc_str folder) {
  chain_named(maps, folder)->walked = true;
}

/* Whether this folder, or any above it, was walked: also one beyond the end of its chain. */
static bool was_walked(const cmd_maps *maps, bdc_str real) {
  for (;;) {
    const cmd_chain *chain = cmd_paths_find(&maps->real, real);
    if (chain && chain->walked) {
      return true;
    }
    if (real.size == 0) {
      return false;
    }
    while (real.size > 0 && real.data[--real.size] != '/') {
    }
  }
}

static int compare_files(const void *left, const void *right) {
  return cmd_compare((*(cmd_mapfile *const *)left)->name, (*(cmd_mapfile *const *)right)->name);
}

/* All files in order of their names; *count of them. */
static cmd_mapfile **sort_files(const cmd_maps *maps, size_t *count) {
  cmd_mapfile **files = cmd_resize(NULL, maps->real.count, sizeof(*files));
  *count = 0;
  for (size_t i = 0; i < maps->real.capacity; i++) {
    const cmd_chain *chain = maps->real.slots[i].value;
    if (chain && chain->file) {
      files[(*count)++] = chain->file;
    }
  }
  if (*count > 0) {
    qsort((void *)files, *count, sizeof(*files), compare_files);
  }
  return files;
}

static void tell_unused(const cmd_mapfile *file, bool walked, void (*unused)(const cmd_silencer *silencer, void *context),
                        void *context) {
  for (size_t i = 0; i < file->silencer_count; i++) {
    const cmd_silencer *silencer = &file->silencers[i];
    if (!atomic_load(&silencer->used) && (walked || atomic_load(&silencer->asked))) {
      unused(silencer, context);
    }
  }
}

void cmd_maps_unused(const cmd_maps *maps, void (*unused)(const cmd_silencer *silencer, void *context), void *context) {
  size_t count;
  cmd_mapfile **files = sort_files(maps, &count);
  for (size_t i = 0; i < count; i++) {
    tell_unused(files[i], was_walked(maps, files[i]->folder), unused, context);
  }
  free((void *)files);
}

/* ---- making and freeing ---- */

cmd_maps *cmd_maps_new(void (*mistake)(bdc_str file, size_t line, size_t column, bdc_str message, void *context), void *context) {
  cmd_maps *maps = cmd_resize(NULL, 1, sizeof(*maps));
  *maps = (cmd_maps){ .mistakes = { mistake, context }, .working = realpath(".", NULL), .nothing = { .real = BDC_STR("") } };
  return maps;
}

static void free_chain(cmd_chain *chain) {
  if (chain->file) {
    cmd_mapfile_free(chain->file);
    free(chain->file);
    free(chain->name);
    free(chain->text);
  }
  free(chain);
}

void cmd_maps_free(cmd_maps *maps) {
  if (!maps) {
    return;
  }
  for (size_t i = 0; i < maps->real.capacity; i++) {
    if (maps->real.slots[i].value) {
      free_chain(maps->real.slots[i].value);
    }
  }
  for (size_t i = 0; i < maps->names.capacity; i++) {
    free(maps->names.slots[i].value);
  }
  cmd_paths_free(&maps->names);
  cmd_paths_free(&maps->given);
  cmd_paths_free(&maps->real);
  free(maps->working);
  free(maps);
}
