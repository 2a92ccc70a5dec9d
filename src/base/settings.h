#pragma once
// The settings of an instance. Each can stand in keepsake.toml, in the environment and on the command line;
// the later wins. One table describes them all, for the three sources and for `keepsake doctor`.
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/log.h"

namespace keepsake {

struct Settings {
  std::filesystem::path data;         // absolute; the directory that holds everything
  std::string address = "127.0.0.1";  // to listen on
  std::uint16_t port = 8080;          // 0: any free one
  std::uint16_t metrics_port = 0;     // GET /metrics, a listener of its own on 127.0.0.1; 0: none
  // Own TLS, where no proxy speaks it: both files or neither (PEM; the server's certificate first).
  std::filesystem::path tls_certificate, tls_key;
  std::uint16_t tls_port = 8443;  // 0: any free one
  std::string public_address;     // "https://photos.example.org", no slash at the end; may be empty
  std::filesystem::path blobs;    // of the photos, may be shared; empty: DIR/blobs
  std::filesystem::path mirror;   // a second copy of the photos, best on another disk; empty: none
  // Bytes a second at which the server verifies by itself; 0: it does not.
  std::int64_t verify_rate = std::int64_t{8} * 1024 * 1024;
  std::string database;              // postgresql://...; empty: DIR/keepsake.db
  std::vector<std::string> hosts;    // Host names answered to, besides public_address's and loopback's
  std::vector<std::string> proxies;  // addresses or CIDR blocks whose forwarded headers are believed
  std::string title = "Keepsake";    // what the instance calls itself on its pages
  std::string language = "en";       // BCP 47, for readers whose browser asks for none that is here
  std::string country;               // ISO 3166-1 alpha-2, for helplines where the reader chose none
  int help_months = 18;              // after which a helpline says: please check
  std::string leave_to = "https://www.wikipedia.org/";  // where "leave quickly" leads
  bool everyone_invites = false;  // invitations = "everyone"; otherwise hosts alone invite
  std::int64_t most_photo_bytes = std::int64_t{4} << 30;      // of one original; a film from a phone is large
  std::int64_t disk_floor = std::int64_t{512} * 1024 * 1024;  // free bytes below which no upload is taken
  // Bytes of renditions kept decrypted in memory, for those that many ask for; 0: none. They lie in memfds:
  // the system counts them as shared memory, on top of what the process itself shows (RSS).
  std::int64_t hot_photos = std::int64_t{24} * 1024 * 1024;
  int photo_workers = 2;  // 1 to 64 processes that decode photos
  LogLevel log_level = LogLevel::info;

  // What links in mails, on the command line and in previews begin with: public_address, or the loopback
  // address and port.
  std::string origin() const;
  // Every name that Host may hold, loopback's aside.
  std::vector<std::string> allowed_hosts() const;
};

// One row of the table of settings.
struct SettingRow {
  std::string_view key;   // in the file: "disk_floor"
  std::string_view help;  // one line
  bool list = false;      // takes several values; separated by commas in the environment
  std::string (*show)(const Settings&);
  // Takes one value as text, or returns what is wrong with it ("must be a number from 0 to 65535").
  std::optional<std::string> (*take)(Settings&, std::string_view);

  std::string flag() const;         // "--disk-floor"
  std::string environment() const;  // "KEEPSAKE_DISK_FLOOR"
};
std::span<const SettingRow> setting_rows();

// Something is wrong with what was set. what() is a sentence for whoever runs the instance.
struct SettingError : std::runtime_error {
  using runtime_error::runtime_error;
};

// Where the value in force comes from.
enum class SettingSource { standard, file, environment, flag };

struct LoadedSettings {
  Settings settings;
  std::optional<std::filesystem::path> file;
  std::map<std::string_view, SettingSource> sources;  // by key; what is missing is standard
  std::vector<std::string> warnings;                  // sentences: KEEPSAKE_... variables that mean nothing
};

// (key, value) as given on the command line, in order; a list's key may come several times.
using SettingFlags = std::vector<std::pair<std::string, std::string>>;

// Reads `config` if given, otherwise DIR/keepsake.toml where there is one. `environment` holds "NAME=value"
// texts, as environ does. Relative paths in the file count from its folder. Throws SettingError: an unknown
// key (with the nearest known one), a value that cannot be taken, no data directory.
LoadedSettings load_settings(const std::optional<std::filesystem::path>& config, const SettingFlags& flags,
                             std::span<const std::string> environment);

}  // namespace keepsake
