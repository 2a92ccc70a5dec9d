// The table of settings: what each is called, how it is shown, what it takes.
#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>

#include "base/settings.h"
#include "base/text.h"

namespace keepsake {
namespace {

using Fault = std::optional<std::string>;

std::optional<std::int64_t> parse_number(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

template <class T>
Fault take_number(T& into, std::string_view text, std::int64_t least, std::int64_t most) {
  const auto value = parse_number(trim(text));
  if (!value || *value < least || *value > most)
    return "must be a number from " + std::to_string(least) + " to " + std::to_string(most);
  into = static_cast<T>(*value);
  return std::nullopt;
}

struct Unit {
  std::string_view name;
  std::int64_t bytes;
};
constexpr std::array units = {
    Unit{"kib", 1LL << 10}, Unit{"mib", 1LL << 20}, Unit{"gib", 1LL << 30},    Unit{"tib", 1LL << 40},
    Unit{"kb", 1'000},      Unit{"mb", 1'000'000},  Unit{"gb", 1'000'000'000}, Unit{"", 1},
};

Fault take_bytes(std::int64_t& into, std::string_view text) {
  const std::string typed = ascii_lower(trim(text));
  const std::size_t digits = std::min(typed.find_first_not_of("0123456789"), typed.size());
  const auto number = parse_number(std::string_view(typed).substr(0, digits));
  const std::string_view unit = trim(std::string_view(typed).substr(digits));
  const auto known = std::find_if(units.begin(), units.end(), [&](Unit u) { return u.name == unit; });
  if (!number || known == units.end() || *number > std::numeric_limits<std::int64_t>::max() / known->bytes)
    return "must be a size such as 100 MiB";
  into = *number * known->bytes;
  return std::nullopt;
}

std::string show_bytes(std::int64_t bytes) {
  for (std::size_t i = 3; i-- > 0;) {
    if (bytes > 0 && bytes % units[i].bytes == 0)
      return std::to_string(bytes / units[i].bytes) + std::array{" KiB", " MiB", " GiB"}[i];
  }
  return std::to_string(bytes);
}

std::string show_list(const std::vector<std::string>& values) {
  std::string shown;
  for (const std::string& value : values) shown.append(shown.empty() ? "" : ", ").append(value);
  return shown;
}

bool is_host_name(std::string_view name) {
  constexpr std::string_view allowed = "abcdefghijklmnopqrstuvwxyz0123456789.-:[]";
  return !name.empty() && name.size() <= 253 && name.find_first_not_of(allowed) == name.npos;
}

std::string_view host_of(std::string_view authority) {
  if (authority.starts_with('[')) return authority.substr(0, authority.find(']') + 1);
  return authority.substr(0, authority.find(':'));
}

bool is_loopback(std::string_view host) {
  return host == "localhost" || host == "127.0.0.1" || host == "[::1]";
}

Fault take_public_address(Settings& settings, std::string_view text) {
  std::string address = ascii_lower(trim(text));
  while (address.ends_with('/')) address.pop_back();
  const bool https = address.starts_with("https://");
  if (!https && !address.starts_with("http://")) return "must begin with https://";
  const std::string_view authority = std::string_view(address).substr(https ? 8 : 7);
  if (!is_host_name(authority)) return "must be a scheme, a name and perhaps a port, and nothing after that";
  if (!https && !is_loopback(host_of(authority)))
    return "must begin with https://, since browsers keep nobody signed in without it";
  settings.public_address = address;
  return std::nullopt;
}

Fault take_host(Settings& settings, std::string_view text) {
  const std::string name = ascii_lower(trim(text));
  if (!is_host_name(name) || name.find(':') != name.npos) return "must be a host name without a port";
  settings.hosts.push_back(name);
  return std::nullopt;
}

Fault take_proxy(Settings& settings, std::string_view text) {
  const std::string block(trim(text));
  const std::string address = block.substr(0, block.find('/'));
  std::array<unsigned char, 16> bytes{};
  const bool v4 = inet_pton(AF_INET, address.c_str(), bytes.data()) == 1;
  const bool v6 = inet_pton(AF_INET6, address.c_str(), bytes.data()) == 1;
  if (!v4 && !v6) return "must be an address or a block such as 10.0.0.0/8";
  if (address.size() != block.size()) {
    int bits = 0;
    if (take_number(bits, block.substr(address.size() + 1), 0, v4 ? 32 : 128))
      return "must be an address or a block such as 10.0.0.0/8";
  }
  settings.proxies.push_back(block);
  return std::nullopt;
}

Fault take_database(Settings& settings, std::string_view text) {
  const std::string_view address = trim(text);
  if (!address.empty() && !address.starts_with("postgresql://") && !address.starts_with("postgres://"))
    return "must begin with postgresql:// (leave it out for SQLite)";
  settings.database = address;
  return std::nullopt;
}

// Without the password that may stand in it.
std::string show_database(const Settings& settings) {
  const std::string& address = settings.database;
  if (address.empty()) return "SQLite in the data directory";
  const std::size_t name = address.find("://") + 3;
  const std::size_t at = address.find('@', name);
  const std::size_t colon = address.find(':', name);
  std::string shown = address.substr(0, address.find('?'));
  if (at != address.npos && colon < at) shown.replace(colon + 1, at - colon - 1, "***");
  return shown;
}

Fault take_data(Settings& settings, std::string_view text) {
  if (text.empty()) return "must name a directory";
  settings.data = std::filesystem::absolute(text).lexically_normal();
  return std::nullopt;
}

Fault take_file(std::filesystem::path& file, std::string_view text) {
  file = text.empty() ? std::filesystem::path() : std::filesystem::absolute(text).lexically_normal();
  return std::nullopt;
}

Fault take_address(Settings& settings, std::string_view text) {
  const std::string address(trim(text));
  std::array<unsigned char, 16> bytes{};
  if (inet_pton(AF_INET, address.c_str(), bytes.data()) != 1 &&
      inet_pton(AF_INET6, address.c_str(), bytes.data()) != 1)
    return "must be an address such as 127.0.0.1 or ::";
  settings.address = address;
  return std::nullopt;
}

Fault take_title(Settings& settings, std::string_view text) {
  const std::string_view title = trim(text);
  if (title.empty() || title.size() > 240 || !is_clean_text(title) || code_points(title) > 60)
    return "must be plain text of at most 60 characters";
  settings.title = title;
  return std::nullopt;
}

Fault take_language(Settings& settings, std::string_view text) {
  const std::string_view tag = trim(text);
  constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-";
  if (tag.size() < 2 || tag.size() > 35 || tag.find_first_not_of(letters) != tag.npos)
    return "must be a language tag such as en or mi";
  settings.language = tag;
  return std::nullopt;
}

Fault take_country(Settings& settings, std::string_view text) {
  const std::string_view code = trim(text);
  constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  if (!code.empty() && (code.size() != 2 || code.find_first_not_of(letters) != code.npos))
    return "must be two capital letters such as NZ";
  settings.country = code;
  return std::nullopt;
}

Fault take_leave_to(Settings& settings, std::string_view text) {
  const std::string_view address = trim(text);
  if (!address.starts_with("https://") || address.size() > 200 ||
      address.find_first_of(" \"<>\\") != address.npos)
    return "must be an https address such as https://www.wikipedia.org/";
  settings.leave_to = address;
  return std::nullopt;
}

Fault take_invitations(Settings& settings, std::string_view text) {
  if (text != "hosts" && text != "everyone") return "must be hosts or everyone";
  settings.everyone_invites = text == "everyone";
  return std::nullopt;
}

constexpr std::array<std::string_view, 4> levels = {"debug", "info", "warning", "error"};

Fault take_log_level(Settings& settings, std::string_view text) {
  const auto found = std::find(levels.begin(), levels.end(), text);
  if (found == levels.end()) return "must be debug, info, warning or error";
  settings.log_level = static_cast<LogLevel>(found - levels.begin());
  return std::nullopt;
}

using S = Settings;
using View = std::string_view;
constexpr std::array rows = {
    SettingRow{"data", "the directory that holds everything", false,
               [](const S& s) { return s.data.string(); }, take_data},
    SettingRow{"address", "the address to listen on", false, [](const S& s) { return s.address; },
               take_address},
    SettingRow{"port", "the port to listen on; 0 takes any free one", false,
               [](const S& s) { return std::to_string(s.port); },
               [](S& s, View text) { return take_number(s.port, text, 0, 65'535); }},
    SettingRow{"metrics_port", "a port on 127.0.0.1 for GET /metrics; 0 for none", false,
               [](const S& s) { return std::to_string(s.metrics_port); },
               [](S& s, View text) { return take_number(s.metrics_port, text, 0, 65'535); }},
    SettingRow{"tls_certificate", "a file with the certificates for https by Keepsake itself", false,
               [](const S& s) { return s.tls_certificate.string(); },
               [](S& s, View text) { return take_file(s.tls_certificate, text); }},
    SettingRow{"tls_key", "a file with the key of tls_certificate", false,
               [](const S& s) { return s.tls_key.string(); },
               [](S& s, View text) { return take_file(s.tls_key, text); }},
    SettingRow{"tls_port", "the port for https, if there is a tls_certificate; 0 takes any free one", false,
               [](const S& s) { return std::to_string(s.tls_port); },
               [](S& s, View text) { return take_number(s.tls_port, text, 0, 65'535); }},
    SettingRow{"public_address", "what links begin with, such as https://photos.example.org", false,
               [](const S& s) { return s.public_address; }, take_public_address},
    SettingRow{"database", "postgresql://... instead of SQLite in the data directory", false, show_database,
               take_database},
    SettingRow{"blobs", "the directory of the photos, if not in the data directory; servers may share one",
               false, [](const S& s) { return s.blobs.string(); },
               [](S& s, View text) { return take_file(s.blobs, text); }},
    SettingRow{"mirror", "a directory for a second copy of the photos, best on another disk", false,
               [](const S& s) { return s.mirror.string(); },
               [](S& s, View text) { return take_file(s.mirror, text); }},
    SettingRow{"verify_rate", "how much of the photos the server verifies in a second; 0 for none", false,
               [](const S& s) { return show_bytes(s.verify_rate); },
               [](S& s, View text) { return take_bytes(s.verify_rate, text); }},
    SettingRow{"hosts", "more names this instance answers to", true,
               [](const S& s) { return show_list(s.hosts); }, take_host},
    SettingRow{"proxies", "addresses or blocks of proxies whose forwarded headers are believed", true,
               [](const S& s) { return show_list(s.proxies); }, take_proxy},
    SettingRow{"title", "what the instance calls itself on its pages", false,
               [](const S& s) { return s.title; }, take_title},
    SettingRow{"language", "the language of pages where a reader's browser asks for none that is here", false,
               [](const S& s) { return s.language; }, take_language},
    SettingRow{"country", "the country whose helplines are shown where a reader chose none", false,
               [](const S& s) { return s.country; }, take_country},
    SettingRow{"help_months", "months after which a helpline says that it should be checked first", false,
               [](const S& s) { return std::to_string(s.help_months); },
               [](S& s, View text) { return take_number(s.help_months, text, 1, 120); }},
    SettingRow{"leave_to", "the site of somebody else to which \"leave quickly\" leads", false,
               [](const S& s) { return s.leave_to; }, take_leave_to},
    SettingRow{"invitations", "who may invite people: hosts or everyone", false,
               [](const S& s) { return std::string(s.everyone_invites ? "everyone" : "hosts"); },
               take_invitations},
    SettingRow{"most_photo_bytes", "the size of the largest photo taken", false,
               [](const S& s) { return show_bytes(s.most_photo_bytes); },
               [](S& s, View text) { return take_bytes(s.most_photo_bytes, text); }},
    SettingRow{"disk_floor", "free space below which no upload is taken", false,
               [](const S& s) { return show_bytes(s.disk_floor); },
               [](S& s, View text) { return take_bytes(s.disk_floor, text); }},
    SettingRow{"hot_photos",
               "memory for photos that many ask for, decrypted, beside the program's own; 0 for none", false,
               [](const S& s) { return show_bytes(s.hot_photos); },
               [](S& s, View text) { return take_bytes(s.hot_photos, text); }},
    SettingRow{"photo_workers", "processes that decode photos", false,
               [](const S& s) { return std::to_string(s.photo_workers); },
               [](S& s, View text) { return take_number(s.photo_workers, text, 1, 64); }},
    SettingRow{"log_level", "the least that is logged: debug, info, warning or error", false,
               [](const S& s) { return std::string(levels[static_cast<std::size_t>(s.log_level)]); },
               take_log_level},
};

}  // namespace

std::span<const SettingRow> setting_rows() {
  return rows;
}

std::string SettingRow::flag() const {
  std::string text = "--" + std::string(key);
  std::replace(text.begin(), text.end(), '_', '-');
  return text;
}

std::string SettingRow::environment() const {
  std::string text = "KEEPSAKE_" + std::string(key);
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
  return text;
}

std::string Settings::origin() const {
  if (!public_address.empty()) return public_address;
  return "http://127.0.0.1:" + std::to_string(port);
}

std::vector<std::string> Settings::allowed_hosts() const {
  std::vector<std::string> all = hosts;
  if (!public_address.empty())
    all.emplace_back(host_of(std::string_view(public_address).substr(public_address.find("://") + 3)));
  return all;
}

}  // namespace keepsake
