#include "base/settings.h"

#include <toml++/toml.h>
#include <algorithm>
#include <numeric>

#include "base/text.h"

namespace keepsake {
namespace {

namespace fs = std::filesystem;
constexpr std::string_view environment_prefix = "KEEPSAKE_";
constexpr std::string_view config_variable = "KEEPSAKE_CONFIG";

// What was given for one setting, by the source that wins.
struct Given {
  std::vector<std::string> values;
  SettingSource source = SettingSource::standard;
  std::string where;  // begins a complaint: "keepsake.toml", "KEEPSAKE_PORT", "--port"
};
using GivenByKey = std::map<std::string_view, Given>;

const SettingRow* row_of(std::string_view key) {
  const auto rows = setting_rows();
  const auto found =
      std::find_if(rows.begin(), rows.end(), [&](const SettingRow& row) { return row.key == key; });
  return found == rows.end() ? nullptr : &*found;
}

// How many letters must be put, taken or changed to make one word of the other (Levenshtein).
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t changed = diagonal + (a[i] != b[j] ? 1 : 0);
      diagonal = row[j + 1];
      row[j + 1] = std::min({changed, row[j] + 1, row[j + 1] + 1});
    }
  }
  return row.back();
}

const SettingRow& nearest(std::string_view key) {
  const auto rows = setting_rows();
  return *std::min_element(rows.begin(), rows.end(), [&](const SettingRow& a, const SettingRow& b) {
    return distance(key, a.key) < distance(key, b.key);
  });
}

std::string unknown(std::string_view what, std::string_view suggestion) {
  return "\"" + std::string(what) + "\" is no setting. Did you mean \"" + std::string(suggestion) + "\"?";
}

std::string as_text(const toml::node& node, const std::string& where) {
  if (const auto* text = node.as_string()) return text->get();
  if (const auto* number = node.as_integer()) return std::to_string(number->get());
  throw SettingError(where + ": must be a text or a whole number");
}

std::vector<std::string> as_texts(const toml::node& node, const SettingRow& row, const std::string& where) {
  const auto* list = node.as_array();
  if (!list) return {as_text(node, where)};
  if (!row.list) throw SettingError(where + ": takes one value");
  std::vector<std::string> texts;
  for (const toml::node& element : *list) texts.push_back(as_text(element, where));
  return texts;
}

toml::table parse_file(const fs::path& file) {
  try {
    return toml::parse_file(file.string());
  } catch (const toml::parse_error& error) {
    throw SettingError(file.string() + ", line " + std::to_string(error.source().begin.line) + ": " +
                       std::string(error.description()));
  }
}

void read_file(const fs::path& file, GivenByKey& given) {
  for (const auto& [name, node] : parse_file(file)) {
    const std::string where = file.string() + ", line " + std::to_string(node.source().begin.line);
    const SettingRow* row = row_of(name.str());
    if (!row) throw SettingError(where + ": " + unknown(name.str(), nearest(name.str()).key));
    const std::string complaint = where + ", " + std::string(row->key);
    auto values = as_texts(node, *row, complaint);
    if (row->key == "data") values = {(fs::absolute(file).parent_path() / values.front()).string()};
    given[row->key] = {std::move(values), SettingSource::file, complaint};
  }
}

std::vector<std::string> split_list(std::string_view text) {
  std::vector<std::string> values;
  for (const std::string_view part : split(text, ',')) {
    if (!trim(part).empty()) values.emplace_back(trim(part));
  }
  return values;
}

std::optional<std::string> warning_for(std::string_view variable) {
  const std::string key = ascii_lower(variable.substr(environment_prefix.size()));
  const SettingRow& suggestion = nearest(key);
  if (distance(key, suggestion.key) > 2) return std::nullopt;  // some other program's
  return unknown(variable, suggestion.environment());
}

void read_environment(std::span<const std::string> environment, GivenByKey& given,
                      std::vector<std::string>& warnings) {
  for (const std::string& entry : environment) {
    const std::string_view name = std::string_view(entry).substr(0, entry.find('='));
    if (!name.starts_with(environment_prefix) || name == config_variable || name.size() == entry.size())
      continue;
    const std::string_view value = std::string_view(entry).substr(name.size() + 1);
    const SettingRow* row = row_of(ascii_lower(name.substr(environment_prefix.size())));
    if (!row || row->environment() != name) {
      if (auto warning = warning_for(name)) warnings.push_back(std::move(*warning));
    } else {
      given[row->key] = {row->list ? split_list(value) : std::vector{std::string(value)},
                         SettingSource::environment, std::string(name)};
    }
  }
}

void read_flags(const SettingFlags& flags, GivenByKey& given) {
  for (const auto& [key, value] : flags) {
    const SettingRow* row = row_of(key);
    if (!row) throw SettingError(unknown(key, nearest(key).key));
    Given& setting = given[row->key];
    if (setting.source != SettingSource::flag || !row->list) setting = {{}, SettingSource::flag, row->flag()};
    setting.values.push_back(value);
  }
}

std::optional<std::string> variable(std::span<const std::string> environment, std::string_view name) {
  for (const std::string& entry : environment) {
    if (entry.starts_with(name) && entry.size() > name.size() && entry[name.size()] == '=')
      return entry.substr(name.size() + 1);
  }
  return std::nullopt;
}

// The file named, or else keepsake.toml in the data directory that flags or environment name.
std::optional<fs::path> find_file(const std::optional<fs::path>& named,
                                  std::span<const std::string> environment, const GivenByKey& given) {
  std::optional<fs::path> file = named;
  if (!file) file = variable(environment, config_variable);
  if (file) {
    if (!fs::is_regular_file(*file)) throw SettingError("There is no file " + file->string() + ".");
    return file;
  }
  const auto data = given.find("data");
  if (data == given.end() || data->second.values.empty()) return std::nullopt;
  file = fs::path(data->second.values.front()) / "keepsake.toml";
  return fs::is_regular_file(*file) ? file : std::nullopt;
}

// Whether they are the same, or `inner` stands somewhere below `outer`.
bool is_within(const fs::path& inner, const fs::path& outer) {
  return std::mismatch(outer.begin(), outer.end(), inner.begin(), inner.end()).first == outer.end();
}

Settings apply(const GivenByKey& given) {
  Settings settings;
  for (const auto& [key, setting] : given) {
    for (const std::string& value : setting.values) {
      if (const auto fault = row_of(key)->take(settings, value))
        throw SettingError(setting.where + ": " + *fault + ".");
    }
  }
  if (settings.data.empty())
    throw SettingError("No data directory: give --data DIR, or --config FILE with a line data = \"DIR\".");
  if (settings.tls_certificate.empty() != settings.tls_key.empty())
    throw SettingError("https needs both: give tls_certificate and tls_key, or neither.");
  const fs::path blobs = settings.blobs.empty() ? settings.data / "blobs" : settings.blobs;
  if (!settings.mirror.empty() && (is_within(settings.mirror, blobs) || is_within(blobs, settings.mirror)))
    throw SettingError("mirror: must be a directory apart from that of the photos, best on another disk.");
  return settings;
}

}  // namespace

LoadedSettings load_settings(const std::optional<fs::path>& config, const SettingFlags& flags,
                             std::span<const std::string> environment) {
  LoadedSettings loaded;
  GivenByKey above;  // what stands above the file
  read_environment(environment, above, loaded.warnings);
  read_flags(flags, above);
  loaded.file = find_file(config, environment, above);
  GivenByKey given;
  if (loaded.file) read_file(*loaded.file, given);
  for (auto& [key, setting] : above) given[key] = std::move(setting);
  loaded.settings = apply(given);
  for (const auto& [key, setting] : given) loaded.sources[key] = setting.source;
  return loaded;
}

}  // namespace keepsake
