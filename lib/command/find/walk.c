/* SPDX-License-Identifier: MIT */
#define _XOPEN_SOURCE 700 /* realpath */
#include "find/walk.h"

#include "find/ignore_stack.h"
#include "find/listing.h"
#include "find/repository.h"
#include "memory.h"
#include "text.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A folder that is being walked. The memory of its listing is used again for the next one at this depth. */
typedef struct level {
  cmd_listing listing;
  size_t next;
  size_t shown; /* bytes of its path, as it is told */
  size_t inner; /* and in its repository */
  cmd_ignore_mark mark;
} level;

typedef struct walk {
  const cmd_walk_sink *sink;
  cmd_output shown; /* the path that the walk is at, as it is told; with a NUL behind it */
  cmd_output inner; /* the same from the root of the repository */
  cmd_ignore_stack ignores;
  level *levels;
  size_t depth;
  size_t made; /* levels that have been used */
  size_t capacity;
} walk;

/* ---- paths ---- */

static void end_path(cmd_output *path) {
  cmd_put(path, (bdc_str){ "", 1 });
  path->size--;
}

static void add_part(cmd_output *path, bdc_str name) {
  if (path->size > 0 && path->data[path->size - 1] != '/') {
    cmd_puts(path, "/");
  }
  cmd_put(path, name);
}

/* Without the slashes at its end, and one where several follow each other. */
static void put_folder(cmd_output *path, const char *folder) {
  for (const char *c = folder; *c; c++) {
    bool needed = *c != '/' || (c[1] != '/' && c[1] != '\0' && path->size > 0 && path->data[path->size - 1] != '/');
    if (needed || path->size == 0) {
      cmd_put(path, (bdc_str){ c, 1 });
    }
  }
}

/* How many bytes of the path in the repository lead to what is in this folder. */
static size_t base(const walk *w) {
  return w->inner.size > 0 ? w->inner.size + 1 : 0;
}

static void go_to(walk *w, const level *from, const cmd_entry *entry) {
  bdc_str name = { entry->name, entry->size };
  w->shown.size = from->shown;
  w->inner.size = from->inner;
  if (w->shown.size == 0 && cmd_equal(name, BDC_STR("-"))) {
    cmd_puts(&w->shown, ".");
  }
  add_part(&w->shown, name);
  end_path(&w->shown);
  add_part(&w->inner, name);
}

/* ---- telling ---- */

static void tell_trouble(walk *w, const char *path, int error) {
  if (error != 0) {
    w->sink->trouble(path, strerror(error), w->sink->context);
  }
}

static void tell_pattern_trouble(walk *w, bdc_str folder, const char *name, int error) {
  if (error == 0) {
    return;
  }
  cmd_output path = CMD_MEMORY;
  cmd_put(&path, folder);
  add_part(&path, cmd_str(name));
  end_path(&path);
  tell_trouble(w, path.data, error);
  cmd_output_free(&path);
}

/* ---- folders ---- */

static level *push_level(walk *w) {
  w->levels = cmd_grow(w->levels, w->depth, &w->capacity, sizeof(*w->levels));
  level *l = &w->levels[w->depth];
  if (w->depth++ == w->made) {
    *l = (level){ 0 };
    w->made++;
  }
  l->next = 0;
  l->shown = w->shown.size;
  l->inner = w->inner.size;
  l->mark = w->ignores.top;
  return l;
}

static void read_patterns(walk *w, const level *l, int folder, const char *path) {
  if (l->listing.has_git) {
    tell_pattern_trouble(w, cmd_str(path), ".git/info/exclude", cmd_ignore_stack_enter(&w->ignores, cmd_str(path), base(w)));
  }
  if (l->listing.has_gitignore) {
    tell_pattern_trouble(w, cmd_str(path), ".gitignore", cmd_ignore_stack_push(&w->ignores, folder, ".gitignore", base(w)));
  }
}

static DIR *open_folder(const char *path, int flags) {
  int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | flags);
  DIR *folder = fd >= 0 ? fdopendir(fd) : NULL;
  if (fd >= 0 && !folder) {
    int error = errno;
    close(fd);
    errno = error;
  }
  return folder;
}

static void enter(walk *w, const char *path, int flags) {
  DIR *folder = open_folder(path, flags);
  if (!folder) {
    tell_trouble(w, path, errno);
    return;
  }
  level *l = push_level(w);
  int error = cmd_listing_read(&l->listing, folder);
  read_patterns(w, l, dirfd(folder), path);
  closedir(folder);
  if (w->sink->folder) {
    w->sink->folder(path, w->sink->context);
  }
  tell_trouble(w, path, error);
}

static void leave(walk *w) {
  cmd_ignore_stack_return(&w->ignores, w->levels[--w->depth].mark);
}

/* ---- entries ---- */

static void follow(walk *w, const char *path) {
  struct stat about;
  if (stat(path, &about) != 0) {
    tell_trouble(w, path, errno);
  } else if (S_ISREG(about.st_mode)) {
    w->sink->file(path, w->sink->context);
  }
}

static void take(walk *w, const level *l, const cmd_entry *entry) {
  go_to(w, l, entry);
  if (cmd_ignore_stack_has(&w->ignores, cmd_output_text(&w->inner), entry->kind == CMD_ENTRY_FOLDER)) {
    return;
  }
  switch (entry->kind) {
  case CMD_ENTRY_FILE:
    w->sink->file(w->shown.data, w->sink->context);
    break;
  case CMD_ENTRY_FOLDER:
    enter(w, w->shown.data, O_NOFOLLOW);
    break;
  case CMD_ENTRY_LINK:
    follow(w, w->shown.data);
    break;
  case CMD_ENTRY_OTHER:
    break;
  }
}

static void take_next(walk *w) {
  level *l = &w->levels[w->depth - 1];
  if (l->next == l->listing.count) {
    leave(w);
  } else {
    l->next++;
    take(w, l, &l->listing.items[l->next - 1]);
  }
}

/* ---- the folders above ---- */

/* Reads the .gitignore of each folder from the root of the repository down to the one above the walk's; all of them are in `real`. */
static void read_outer_patterns(walk *w, const char *real, size_t root) {
  size_t size = strlen(real);
  tell_pattern_trouble(w, (bdc_str){ real, root }, ".git/info/exclude",
                       cmd_ignore_stack_enter(&w->ignores, (bdc_str){ real, root }, 0));
  for (size_t at = root; at < size; at++) {
    if (real[at] == '/') {
      cmd_output path = CMD_MEMORY;
      cmd_put(&path, (bdc_str){ real, at });
      cmd_puts(&path, "/.gitignore");
      end_path(&path);
      tell_trouble(w, path.data, cmd_ignore_stack_push(&w->ignores, AT_FDCWD, path.data, at - root));
      cmd_output_free(&path);
    }
  }
}

/* Where the folder is in its repository, and what holds there from above. */
static void find_repository(walk *w, const char *folder) {
  char *real = realpath(folder, NULL);
  size_t root = 0;
  if (real && cmd_repository_find(real, &root) && root < strlen(real)) {
    read_outer_patterns(w, real, root);
    cmd_puts(&w->inner, real + root + 1);
  }
  free(real);
}

void cmd_walk(const char *folder, const cmd_walk_sink *sink) {
  walk w = { .sink = sink, .shown = CMD_MEMORY, .inner = CMD_MEMORY };
  cmd_ignore_stack_open(&w.ignores);
  find_repository(&w, folder);
  put_folder(&w.shown, folder);
  end_path(&w.shown);
  bool bare = strcmp(w.shown.data, ".") == 0;
  w.shown.size = bare ? 0 : w.shown.size;
  enter(&w, bare ? "." : w.shown.data, 0);
  while (w.depth > 0) {
    take_next(&w);
  }
  for (size_t i = 0; i < w.made; i++) {
    cmd_listing_free(&w.levels[i].listing);
  }
  free(w.levels);
  cmd_ignore_stack_close(&w.ignores);
  cmd_output_free(&w.shown);
  cmd_output_free(&w.inner);
}
