/* SPDX-License-Identifier: MIT */
/*
 * The formats. A renderer is shown one thing after the other, and gives it its form; what there is to tell is decided before. Of
 * `targets` it sees what else is on its page: what stands alone has its title at the top.
 */
#ifndef BDC_COMMAND_EXPLAIN_RENDER_H
#define BDC_COMMAND_EXPLAIN_RENDER_H

#include "explain/code.h"
#include "explain/target.h"

typedef struct cmd_renderer {
  const char *between; /* operations and codes */
  bool once;           /* rows of named objects are shown once in all, see cmd_model_of */
  void (*begin)(const cmd_targets *targets, cmd_output *out);
  void (*operation)(const cmd_targets *targets, const cmd_model *model, cmd_output *out);
  void (*service)(const cmd_targets *targets, const bdc_service *service, cmd_output *out); /* behind the last of its operations */
  void (*code)(const cmd_targets *targets, const cmd_code *code, cmd_output *out);
  void (*end)(cmd_output *out);
} cmd_renderer;

extern const cmd_renderer cmd_renderer_text;
extern const cmd_renderer cmd_renderer_text_errors; /* and which error answers which broken rule */
extern const cmd_renderer cmd_renderer_markdown;
extern const cmd_renderer cmd_renderer_html;

#endif
