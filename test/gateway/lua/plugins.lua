-- SPDX-License-Identifier: MIT
-- Runs the README's plugins for Kong and APISIX in nginx. Neither gateway is a package of Debian: these are stubs of the few functions of theirs
-- that the plugins see, in the phases and with the traits that their sources and documentation tell of. Returns a function of `tell`, which
-- leaves the globals `kong_phases` and `apisix_phases` for plugins.conf.in.
local source = debug.getinfo(1, "S").source:match "^@(.*)/test/gateway/lua/plugins.lua$"

-- The chunk of the README that begins with a comment that names the file.
local function chunk_of(name)
  local file = assert(io.open(source .. "/lib/gateway/lua/README.md", "rb"))
  local text = file:read "*a"
  file:close()
  local from, to = text:find("```lua\n-- " .. name .. "\n", 1, true)
  assert(from, name .. " is not in the README")
  return assert(loadstring(text:sub(to + 1, text:find("\n```", to, true)), "=" .. name))
end

-- Loads one of them, with the gates that it makes telling the test.
local function plugin_of(name, tell)
  local resty = require "resty.bodycheck"
  local new = resty.new
  resty.new = function(options)
    options.tell = tell
    return new(options)
  end
  local plugin = chunk_of(name)()
  resty.new = new
  return plugin
end

local function send(status, body, headers)
  ngx.status = status
  for name, value in pairs(headers or {}) do
    ngx.header[name] = value
  end
  ngx.header["Content-Length"] = body and #body or 0
  if body then
    ngx.print(body)
  end
  return ngx.exit(status)
end

-- ---- Kong

local function kong_global()
  local EXITS = { access = true, content = true } -- its phase `response` is nginx's phase `content`
  return {
    response = {
      exit = function(status, body, headers)
        assert(EXITS[ngx.get_phase()] and type(status) == "number" and (body == nil or type(body) == "string"))
        return send(status, body, headers)
      end,
      get_status = function()
        return ngx.status
      end,
      get_headers = function(max)
        assert(max >= 1 and max <= 1000)
        return ngx.resp.get_headers(max)
      end,
    },
    service = {
      response = {
        get_status = function()
          return ngx.ctx.buffered_status
        end,
        -- Fields can be asked for by name, and not be listed.
        get_headers = function()
          return setmetatable({}, { __index = ngx.ctx.buffered_headers })
        end,
        get_raw_body = function()
          return ngx.ctx.buffered_body or ""
        end,
      },
    },
  }
end

-- Kong holds the response in a subrequest that shares ngx.ctx, and sets its head before the plugins see it.
local function kong_response(plugin, conf)
  local ctx = ngx.ctx
  ngx.req.read_body()
  local found = ngx.location.capture("/kong_buffered_http", {
    always_forward_body = true,
    share_all_vars = true,
    method = ngx["HTTP_" .. ngx.req.get_method()],
    ctx = ctx,
  })
  ctx.buffered_status, ctx.buffered_headers, ctx.buffered_body = found.status, found.header, found.body
  ngx.status = found.status
  for name, value in pairs(found.header) do
    ngx.header[name] = value
  end
  plugin:response(conf)
  ngx.print(found.body)
end

local function kong_phases_of(plugin)
  assert(plugin.PRIORITY and plugin.VERSION:find "^%d+%.%d+%.%d+$", "Kong refuses a plugin without them")
  assert(not (plugin.header_filter or plugin.body_filter), "Kong refuses them beside `response`")
  local conf = {}
  return {
    access = function()
      plugin:access(conf)
    end,
    response = function()
      kong_response(plugin, conf)
    end,
    log = function()
      plugin:log(conf)
    end,
  }
end

-- ---- APISIX

local function apisix_core()
  return {
    response = {
      set_header = function(name, value)
        ngx.header[name] = value
      end,
    },
    schema = {
      check = function(schema, conf)
        return type(schema) == "table" and type(conf) == "table"
      end,
    },
  }
end

-- What a filter returns, APISIX does not look at.
local function apisix_phases_of(plugin)
  local conf, ctx = {}, {}
  assert(plugin.name == "bodycheck" and plugin.version and plugin.priority and plugin.check_schema(conf))
  return {
    access = function()
      local code, body = plugin.access(conf, ctx)
      if code or body then
        ngx.status = code
        if body then
          ngx.print(body)
        end
        return ngx.exit(code)
      end
    end,
    header_filter = function()
      plugin.header_filter(conf, ctx)
    end,
    body_filter = function()
      plugin.body_filter(conf, ctx)
    end,
    log = function()
      plugin.log(conf, ctx)
    end,
  }
end

return function(tell)
  kong = kong_global()
  package.loaded["apisix.core"] = apisix_core()
  local schema = chunk_of "kong/plugins/bodycheck/schema.lua"()
  assert(schema.name == "bodycheck" and schema.fields[1].config.type == "record")
  kong_phases = kong_phases_of(plugin_of("kong/plugins/bodycheck/handler.lua", tell))
  apisix_phases = apisix_phases_of(plugin_of("apisix/plugins/bodycheck.lua", tell))
end
