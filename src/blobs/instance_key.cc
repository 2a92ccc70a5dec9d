#include "blobs/instance_key.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <stdexcept>
#include <system_error>

#include "base/base32.h"
#include "base/file.h"
#include "base/random.h"
#include "base/text.h"
#include "blobs/recovery_phrase.h"

namespace keepsake::blobs {
namespace {

constexpr const char* file_name = "instance.key";
// The file is one line: this, the key in base32, and the start of the key's SHA-256 so that damage is
// noticed.
constexpr std::string_view heading = "keepsake-instance-key-1";

std::string checksum(ByteView key) {
  return hex(sha256(key)).substr(0, 16);
}

std::string file_text(ByteView key) {
  return std::string(heading) + " " + base32_encode(key) + " " + checksum(key) + "\n";
}

Bytes read_file_text(std::string_view text) {
  const auto parts = split(trim(text), ' ');
  const auto key = parts.size() == 3 && parts[0] == heading ? base32_decode(parts[1]) : std::nullopt;
  if (!key || key->size() != std::tuple_size_v<Digest> || checksum(*key) != parts[2]) {
    throw std::runtime_error(
        "The file keys/instance.key is damaged. Put it back from a backup, or from the "
        "recovery phrase.");
  }
  return *key;
}

void check_folder(const Descriptor& folder) {
  struct stat status{};
  if (::fstat(folder.get(), &status) != 0) throw_errno("looking at the folder of keys");
  if ((status.st_mode & 022) != 0) {
    throw std::runtime_error(
        "Others on this machine may write to the folder keys/. Make it yours alone: "
        "chmod 700 keys");
  }
}

void check_file(const Descriptor& file) {
  struct stat status{};
  if (::fstat(file.get(), &status) != 0) throw_errno("looking at the instance key");
  if (!S_ISREG(status.st_mode)) throw std::runtime_error("keys/instance.key is not a plain file.");
  if (status.st_uid != ::geteuid()) {
    throw std::runtime_error(
        "The file keys/instance.key belongs to another user than the one Keepsake runs as.");
  }
  if ((status.st_mode & 077) != 0) {
    throw std::runtime_error(
        "Others on this machine may read keys/instance.key. Make it yours alone: "
        "chmod 600 keys/instance.key");
  }
}

std::optional<Bytes> read_key(const Descriptor& folder) {
  const Descriptor file(::openat(folder.get(), file_name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC));
  if (!file && errno == ENOENT) return std::nullopt;
  if (!file) throw_errno("opening keys/instance.key");
  check_file(file);
  Bytes text(200);
  text.resize(read_at(file, 0, text));
  return read_file_text(as_text(text));
}

// Written beside and linked into place: whoever starts at the same moment finds a whole key or none.
void write_key(const Descriptor& folder, ByteView key) {
  const std::string beside = "instance.key." + random_secret();
  const Descriptor file(
      ::openat(folder.get(), beside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
  if (!file) throw_errno("writing keys/instance.key");
  write_at(file, 0, as_byte_view(file_text(key)));
  make_durable(file);
  const bool linked = ::linkat(folder.get(), beside.c_str(), folder.get(), file_name, 0) == 0;
  const int reason = errno;
  ::unlinkat(folder.get(), beside.c_str(), 0);
  if (!linked && reason != EEXIST)
    throw std::system_error(reason, std::generic_category(), "keys/instance.key");
  make_durable(folder);
}

Descriptor open_key_folder(const std::filesystem::path& directory) {
  make_folders_durably(directory);
  Descriptor folder = open_folder(directory);
  check_folder(folder);
  return folder;
}

}  // namespace

std::optional<InstanceKey> InstanceKey::try_open(const std::filesystem::path& directory) {
  const Descriptor folder = open_key_folder(directory);
  const auto key = read_key(folder);
  return key ? std::optional(from_bytes(*key)) : std::nullopt;
}

void InstanceKey::restore_to(const std::filesystem::path& directory) const {
  const Descriptor folder = open_key_folder(directory);
  if (read_key(folder)) throw std::runtime_error("There is a key in keys/instance.key already; it stays.");
  write_key(folder, bytes_);
}

InstanceKey InstanceKey::open_or_create(const std::filesystem::path& directory) {
  const Descriptor folder = open_key_folder(directory);
  if (const auto key = read_key(folder)) return from_bytes(*key);
  write_key(folder, random_bytes(std::tuple_size_v<Digest>));
  const auto key = read_key(folder);
  if (!key) throw std::runtime_error("keys/instance.key vanished while it was made.");
  return from_bytes(*key);
}

InstanceKey InstanceKey::from_bytes(ByteView bytes) {
  Digest key;
  if (bytes.size() != key.size()) throw std::invalid_argument("an instance key has 32 bytes");
  std::copy(bytes.begin(), bytes.end(), key.begin());
  return InstanceKey(key);
}

Digest InstanceKey::derive(std::string_view purpose, ByteView context) const {
  Bytes info = to_bytes(purpose);
  info.push_back(std::byte{0});
  info.insert(info.end(), context.begin(), context.end());
  return hkdf_sha256(bytes_, as_byte_view("keepsake"), info);
}

std::string InstanceKey::fingerprint() const {
  return hex(derive("fingerprint")).substr(0, 16);
}

std::vector<std::string> InstanceKey::phrase() const {
  return recovery_phrase(bytes_);
}

std::optional<InstanceKey> InstanceKey::from_phrase(std::string_view words) {
  const auto secret = read_recovery_phrase(words);
  if (!secret) return std::nullopt;
  return InstanceKey(*secret);
}

}  // namespace keepsake::blobs
