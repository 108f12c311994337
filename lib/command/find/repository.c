/* SPDX-License-Identifier: MIT */
#include "find/repository.h"

#include "find/content.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static void end_path(cmd_output *path) {
  cmd_put(path, (bdc_str){ "", 1 });
}

static bool has_git(bdc_str folder) {
  cmd_output path = CMD_MEMORY;
  cmd_put(&path, folder);
  cmd_puts(&path, "/.git");
  end_path(&path);
  struct stat about;
  bool found = stat(path.data, &about) == 0 && (S_ISDIR(about.st_mode) || S_ISREG(about.st_mode));
  cmd_output_free(&path);
  return found;
}

bool cmd_repository_find(const char *real, size_t *size) {
  size_t at = strcmp(real, "/") == 0 ? 0 : strlen(real);
  while (!has_git((bdc_str){ real, at })) {
    if (at == 0) {
      return false;
    }
    do {
      at--;
    } while (real[at] != '/');
  }
  *size = at;
  return true;
}

/* Appends `target` as seen from the folder that `path` is. */
static void follow(cmd_output *path, bdc_str target) {
  if (target.size > 0 && target.data[0] == '/') {
    path->size = 0;
  } else {
    cmd_puts(path, "/");
  }
  cmd_put(path, target);
}

/* The path that a file beside the others holds behind `key`, without its end of line; empty where it holds none. */
static bdc_str read_pointer(const cmd_output *folder, const char *name, const char *key, cmd_output *text) {
  cmd_output path = CMD_MEMORY;
  cmd_put(&path, cmd_output_text(folder));
  cmd_puts(&path, name);
  end_path(&path);
  bool read = cmd_content_read(AT_FDCWD, path.data, 0, text) == 0;
  cmd_output_free(&path);
  bdc_str value = cmd_output_text(text);
  size_t skipped = strlen(key);
  if (!read || value.size <= skipped || memcmp(value.data, key, skipped) != 0) {
    return (bdc_str){ 0 };
  }
  value = (bdc_str){ value.data + skipped, value.size - skipped };
  while (value.size > 0 && (value.data[value.size - 1] == '\n' || value.data[value.size - 1] == '\r')) {
    value.size--;
  }
  return value;
}

/* Where .git is a file it says where the folder is: "gitdir: PATH". */
static void put_git_folder(bdc_str root, cmd_output *path) {
  cmd_put(path, root);
  cmd_output text = CMD_MEMORY;
  bdc_str target = read_pointer(path, "/.git", "gitdir: ", &text);
  follow(path, target.size > 0 ? target : BDC_STR(".git"));
  cmd_output_free(&text);
}

char *cmd_repository_exclude(bdc_str root) {
  cmd_output path = CMD_MEMORY;
  put_git_folder(root, &path);
  cmd_output text = CMD_MEMORY;
  /* The folder of a further working tree says where the one of all of them is. */
  bdc_str common = read_pointer(&path, "/commondir", "", &text);
  if (common.size > 0) {
    follow(&path, common);
  }
  cmd_output_free(&text);
  cmd_puts(&path, "/info/exclude");
  end_path(&path);
  return path.data;
}

char *cmd_repository_user_ignore(void) {
  const char *config = getenv("XDG_CONFIG_HOME");
  const char *home = getenv("HOME");
  bool has_config = config && config[0];
  if (!has_config && !home) {
    return NULL;
  }
  cmd_output path = CMD_MEMORY;
  cmd_puts(&path, has_config ? config : home);
  cmd_puts(&path, has_config ? "/git/ignore" : "/.config/git/ignore");
  end_path(&path);
  return path.data;
}
