/* SPDX-License-Identifier: MIT */
/*
 * The files below a folder, without those that are hidden or that git ignores.
 *
 * The entries of a folder come in the order of the bytes of their names, files and folders in one: the same on any filesystem. Left out
 * are hidden entries (their names begin with "."), what git ignores, and what is neither a file nor a folder. The folder that is named
 * itself is walked even where it is hidden or ignored; the patterns that hold for what is in it still do. Links to files are files; links
 * to folders are not followed, but for the folder that is named.
 *
 * The patterns are those of the .gitignore files from the root of the repository down, of its info/exclude, and of the user's
 * ~/.config/git/ignore; what git's configuration names instead of the last, and the index, are not read. A folder that is in no
 * repository is taken for the root of one, so that .gitignore files hold there as well. A repository in a repository has its own
 * patterns alone, as in git.
 */
#ifndef BDC_COMMAND_FIND_WALK_H
#define BDC_COMMAND_FIND_WALK_H

/*
 * Who is told what a walk finds. Paths begin with that of the folder that is named, without the slashes at its end; below "." they are
 * bare names, so that "-" alone, which is taken for standard input elsewhere, becomes "./-". They may hold any byte but NUL, and are
 * gone after the call.
 */
typedef struct cmd_walk_sink {
  void (*file)(const char *path, void *context);
  void (*folder)(const char *path, void *context);                      /* before its files; may be NULL */
  void (*trouble)(const char *path, const char *reason, void *context); /* what cannot be read, or leads nowhere; the walk goes on */
  void *context;
} cmd_walk_sink;

/* One descriptor is open at a time, however deep the folders are, and none while the sink is called. */
void cmd_walk(const char *folder, const cmd_walk_sink *sink);

#endif
