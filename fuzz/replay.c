/* SPDX-License-Identifier: MIT */
/* Runs a harness over files, and over the files of folders, named on the command line: any compiler builds it, no fuzzer is needed. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static unsigned long inputs;

static int replay_file(const char *path, size_t size) {
  FILE *file = fopen(path, "rb");
  uint8_t *data = malloc(size ? size : 1);
  if (!file || !data || fread(data, 1, size, file) != size) {
    perror(path);
    free(data);
    if (file) {
      fclose(file);
    }
    return 1;
  }
  fclose(file);
  LLVMFuzzerTestOneInput(data, size);
  free(data);
  inputs++;
  return 0;
}

static int replay(const char *path);

static int replay_folder(const char *path) {
  DIR *folder = opendir(path);
  if (!folder) {
    perror(path);
    return 1;
  }
  int failed = 0;
  for (struct dirent *entry; (entry = readdir(folder));) {
    if (entry->d_name[0] == '.') {
      continue;
    }
    size_t size = strlen(path) + strlen(entry->d_name) + 2;
    char *inner = malloc(size);
    if (inner) {
      snprintf(inner, size, "%s/%s", path, entry->d_name);
      failed |= replay(inner);
    }
    free(inner);
  }
  closedir(folder);
  return failed;
}

static int replay(const char *path) {
  struct stat status;
  if (stat(path, &status) != 0) {
    perror(path);
    return 1;
  }
  return S_ISDIR(status.st_mode) ? replay_folder(path) : replay_file(path, (size_t)status.st_size);
}

int main(int argc, char **argv) {
  int failed = 0;
  for (int i = 1; i < argc; i++) {
    failed |= replay(argv[i]);
  }
  printf("%lu inputs replayed\n", inputs);
  return failed || inputs == 0;
}
