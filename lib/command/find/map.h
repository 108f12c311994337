/* SPDX-License-Identifier: MIT */
/*
 * `.bodycheck` files: which operation a file is for, what is expected of it, and which of its findings are known.
 *
 * A `.bodycheck` file holds for its folder and all below. It is text in UTF-8, a statement a line, words separated by blanks:
 *
 *   # fixtures of the API gateway
 *   *.request.json       UpdateAppV2  request
 *   *.response.json      UpdateAppV2  response 200
 *   errors/4*.json       UpdateAppV2  response 400  unknown=error
 *   bad-name.json        UpdateAppV2  request  expect APIG.2011
 *   bad/short-*.json     UpdateAppV2  request  expect length.min
 *   "with blanks.json"   acme.shop.AddItem  request  rules ../shop.rules
 *   *.http               auto
 *   package.json         ignore
 *   old-*.json           silence  /apps/0/remark      length.max,charset  "written before the limit; kept to test reading"
 *
 *   PATTERN OPERATION request|response STATUS [expect WORD...] [rules PATH] [unknown=error|warning|ignore|table]
 *       The file is a body of this operation. The words behind OPERATION may come in any order, each once.
 *   PATTERN auto [expect WORD...] [rules PATH] [unknown=...]
 *       The file says itself what it holds, as .http and .har files do.
 *   PATTERN ignore
 *       The file is no fixture: it is not checked, and not counted among those that nothing maps.
 *   PATTERN silence PLACE RULE[,RULE...] "REASON"
 *       Findings of these rules (* for any) at this place are known. PLACE is a JSON pointer in which "*" stands for any one name or
 *       number, "" for the whole body, header:NAME, path:NAME, query:NAME, status, or * for any place.
 *
 * A pattern is one of .gitattributes: one without "/" matches the last part of a path at any depth, one with "/" the path from the
 * folder of the `.bodycheck` on; * matches any bytes and ? one, but no "/"; ** as a whole part matches any number of folders. Words with
 * blanks, and those that begin with # or a quotation mark, are put in quotes, where \" and \\ stand for these two. A # before a word
 * begins a comment.
 *
 * Of the lines with an operation, `auto` or `ignore`, the last that matches holds. Where no line of a file matches, the next
 * `.bodycheck` further up is asked, up to the folder that holds `.git`. Silencers hold wherever on this way they stand.
 *
 * Behind `expect` stands `valid`, `unchecked`, or what a bad fixture breaks: an error code, names of rules, or both. Without it a
 * fixture is expected to be valid. A code that could be the name of a rule is put in quotes.
 *
 * PATH is that of a rule file or a folder of them, relative to the folder of the `.bodycheck`.
 *
 * A line with a mistake is reported and left out; the others hold.
 */
#ifndef BDC_COMMAND_MAP_H
#define BDC_COMMAND_MAP_H

#include "find/mapping.h"

/* All `.bodycheck` files of a run; each is read once. */
typedef struct cmd_maps cmd_maps;

/* Those that hold for the files of one folder, nearest first. Lives as long as the maps. */
typedef struct cmd_chain cmd_chain;

/* `mistake` is called by whoever asks for a chain. The message is not made safe for a terminal. */
cmd_maps *cmd_maps_new(void (*mistake)(bdc_str file, size_t line, size_t column, bdc_str message, void *context), void *context);
void cmd_maps_free(cmd_maps *maps);

/*
 * What holds in a folder, which is named as in the path of a file: "" or "." for the working folder. Never NULL; in a folder that is not
 * there, what holds in the one that it would be in; of a name that leads nowhere, nothing. One thread; the chains that it had before may
 * be used by others meanwhile. Asking again costs little.
 */
const cmd_chain *cmd_maps_chain(cmd_maps *maps, bdc_str folder);

/*
 * The line that holds for a file, NULL for none. The name is the last part of its path. To be asked once for each file of a run: it is
 * how silencers learn that the file was there. Any thread.
 */
const cmd_mapping *cmd_chain_find(const cmd_chain *chain, bdc_str file_name);

/* Whether there may be a silencer for a file in this folder. `chain` may be NULL. */
bool cmd_chain_has_silencers(const cmd_chain *chain);

/* The silencer of a finding, NULL for none. All that are for the finding are used then, and the nearest is returned. Any thread. */
const cmd_silencer *cmd_chain_silence(const cmd_chain *chain, bdc_str file_name, bdc_place in, bdc_str field, bdc_str pointer,
                                      bdc_rule rule);

/* Says that all files below a folder, but for those that are left out on purpose, are part of the run. */
void cmd_maps_walked(cmd_maps *maps, bdc_str folder);

/*
 * The silencers that should have been used and were not, in order of file names and lines: their `.bodycheck` lies in a folder that
 * was walked whole, or they are for one file that was asked for. Once all files were checked.
 */
void cmd_maps_unused(const cmd_maps *maps, void (*unused)(const cmd_silencer *silencer, void *context), void *context);

/* ---- for find/update.c ---- */

/* The real path of the folder, without a "/" at its end: empty for the topmost. */
bdc_str cmd_chain_folder(const cmd_chain *chain);

/* The nearest `.bodycheck`, NULL where there is none. */
const cmd_mapfile *cmd_chain_nearest(const cmd_chain *chain);

/* A folder as it is named from the working folder, which is empty; absolute where the two have nothing in common. `out` is empty. */
void cmd_maps_put_folder(const cmd_maps *maps, bdc_str real, cmd_output *out);

#endif
