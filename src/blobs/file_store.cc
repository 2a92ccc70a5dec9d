#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <mutex>
#include <set>
#include <string>
#include <system_error>

#include "base/file.h"
#include "base/random.h"
#include "blobs/blob_file.h"
#include "blobs/blob_format.h"
#include "blobs/blob_store.h"

namespace keepsake::blobs {
namespace {

// Unfinished blobs are "blob-NAME" in the temporary folder.
constexpr std::string_view unfinished = "blob-";

std::string folder_of(const PublicId& name) {
  return name.text().substr(0, 2);
}
std::string place_of(const PublicId& name) {
  return folder_of(name) + "/" + name.text();
}

// Runs `act`; a full disk or quota becomes DiskFull.
template <class Act>
auto noticing_full_disk(Act&& act) {
  try {
    return act();
  } catch (const std::system_error& error) {
    if (error.code().value() == ENOSPC || error.code().value() == EDQUOT) throw DiskFull(error.what());
    throw;
  }
}

// The two folders, shared by the store and its writers.
class Folders {
 public:
  Folders(const std::filesystem::path& directory, const std::filesystem::path& temporary) {
    make_folders_durably(directory);
    make_folders_durably(temporary);
    kept_ = open_folder(directory);
    temporary_ = open_folder(temporary);
  }
  const Descriptor& kept() const { return kept_; }
  const Descriptor& temporary() const { return temporary_; }

  // The folder a blob is kept in, made durably the first time it is asked for: one that another process just
  // made may not be on the disk yet.
  Descriptor folder_for(const PublicId& name) {
    const std::string folder = folder_of(name);
    const std::lock_guard lock(mutex_);
    if (!durable_.contains(folder)) {
      if (::mkdirat(kept_.get(), folder.c_str(), 0700) != 0 && errno != EEXIST)
        throw_errno("making a folder");
      make_durable(kept_);
      durable_.insert(folder);
    }
    Descriptor opened(::openat(kept_.get(), folder.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    if (!opened) throw_errno("opening a folder of blobs");
    return opened;
  }

 private:
  Descriptor kept_, temporary_;
  std::mutex mutex_;
  std::set<std::string> durable_;
};

// Names in an open folder, but "." and "..".
std::vector<std::string> entries_of(const Descriptor& folder) {
  const int again = ::openat(folder.get(), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  DIR* listing = again >= 0 ? ::fdopendir(again) : nullptr;
  if (!listing) throw_errno("listing a folder");
  std::vector<std::string> names;
  while (const dirent* entry = ::readdir(listing)) {
    const std::string name = entry->d_name;
    if (name != "." && name != "..") names.push_back(name);
  }
  ::closedir(listing);
  return names;
}

bool is_unfinished_blob(std::string_view entry) {
  return entry.starts_with(unfinished) && PublicId::parse(entry.substr(unfinished.size()));
}

// Removes what an earlier process left unfinished; what a living one is writing is locked and stays.
void empty_of_leftovers(const Descriptor& temporary) {
  for (const std::string& entry : entries_of(temporary)) {
    if (!is_unfinished_blob(entry)) continue;
    const Descriptor file(::openat(temporary.get(), entry.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC));
    if (file && ::flock(file.get(), LOCK_EX | LOCK_NB) != 0) continue;
    ::unlinkat(temporary.get(), entry.c_str(), 0);
  }
}

class FileWriter final : public BlobWriter {
 public:
  FileWriter(std::shared_ptr<Folders> folders, const InstanceKey& instance)
      : folders_(std::move(folders)), instance_(instance), key_(random_key()), aead_(key_) {
    associated_ = chunk_associated(name_);
    chunk_.reserve(sealed_chunk_size);
  }
  FileWriter(const FileWriter&) = delete;
  FileWriter& operator=(const FileWriter&) = delete;
  ~FileWriter() override {
    if (state_ == State::begun) ::unlinkat(folders_->temporary().get(), beginning_.c_str(), 0);
    if (state_ == State::moved) ::unlinkat(folders_->kept().get(), place_of(name_).c_str(), 0);
  }

  void begin() {
    noticing_full_disk([&] {
      open_file();
      write_at(file_, 0, blob_header);
    });
  }

  void write(ByteView bytes) override {
    must_be_writable();
    size_ += static_cast<std::int64_t>(bytes.size());
    while (!bytes.empty()) {
      // A full chunk waits for the next byte: only then is it known not to be the last.
      if (chunk_.size() == chunk_size) put_chunk(false);
      const std::size_t take = std::min(bytes.size(), chunk_size - chunk_.size());
      chunk_.insert(chunk_.end(), bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(take));
      bytes = bytes.subspan(take);
    }
  }

  BlobRef keep() override {
    must_be_writable();
    put_chunk(true);
    noticing_full_disk([&] {
      make_durable(file_);
      const Descriptor folder = folders_->folder_for(name_);
      if (::renameat(folders_->temporary().get(), beginning_.c_str(), folder.get(), name_.text().c_str()) !=
          0) {
        throw_errno("keeping a blob");
      }
      state_ = State::moved;
      make_durable(folder);
    });
    BlobRef blob{name_, wrap_key(instance_, name_, size_, key_), size_};
    state_ = State::kept;
    return blob;
  }

 private:
  enum class State { nothing, begun, moved, kept };

  static Digest random_key() {
    Digest key;
    fill_random(key);
    return key;
  }

  void must_be_writable() const {
    if (state_ != State::begun || broken_)
      throw std::logic_error("a blob that is kept or failed is not written");
  }

  void open_file() {
    beginning_ = std::string(unfinished) + name_.text();
    file_ = Descriptor(::openat(folders_->temporary().get(), beginning_.c_str(),
                                O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
    if (!file_) throw_errno("beginning a blob");
    state_ = State::begun;
    if (::flock(file_.get(), LOCK_EX | LOCK_NB) != 0) throw_errno("locking a new blob");
  }

  void put_chunk(bool last) {
    broken_ = true;  // unless this succeeds: a nonce is used once
    const Aead::Tag tag = aead_.seal(chunk_nonce(number_, last), associated_, chunk_);
    chunk_.insert(chunk_.end(), tag.begin(), tag.end());
    noticing_full_disk([&] { write_at(file_, chunk_place(number_), chunk_); });
    broken_ = false;
    ++number_;
    chunk_.clear();
  }

  std::shared_ptr<Folders> folders_;
  InstanceKey instance_;
  PublicId name_ = PublicId::random();
  Digest key_;
  Aead aead_;
  Bytes associated_, chunk_;
  std::string beginning_;
  Descriptor file_;
  State state_ = State::nothing;
  bool broken_ = false;
  std::int64_t number_ = 0, size_ = 0;
};

// Bytes that are to take the place of a blob's file, in the temporary folder until they do.
class Replacement {
 public:
  explicit Replacement(Folders& folders) : folders_(folders) {
    file_ = Descriptor(::openat(folders_.temporary().get(), place_.c_str(),
                                O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
    if (!file_) throw_errno("beginning a copy of a blob");
    if (::flock(file_.get(), LOCK_EX | LOCK_NB) != 0) throw_errno("locking a copy of a blob");
  }
  Replacement(const Replacement&) = delete;
  Replacement& operator=(const Replacement&) = delete;
  ~Replacement() {
    if (!kept_) ::unlinkat(folders_.temporary().get(), place_.c_str(), 0);
  }

  void copy(const Descriptor& from) {
    Bytes piece(copied_at_once);
    std::int64_t offset = 0;
    while (const std::size_t got = read_at(from, offset, piece)) {
      write_at(file_, offset, ByteView(piece).first(got));
      offset += static_cast<std::int64_t>(got);
    }
  }
  void keep_as(const PublicId& name) {
    make_durable(file_);
    const Descriptor folder = folders_.folder_for(name);
    if (::renameat(folders_.temporary().get(), place_.c_str(), folder.get(), name.text().c_str()) != 0)
      throw_errno("keeping a copy of a blob");
    kept_ = true;
    make_durable(folder);
  }

 private:
  static constexpr std::size_t copied_at_once = 1 << 20;

  Folders& folders_;
  const std::string place_ = std::string(unfinished) + PublicId::random().text();
  Descriptor file_;
  bool kept_ = false;
};

class FileStore final : public BlobStore {
 public:
  FileStore(const std::filesystem::path& directory, const std::filesystem::path& temporary,
            const InstanceKey& key)
      : folders_(std::make_shared<Folders>(directory, temporary)), key_(key) {
    empty_of_leftovers(folders_->temporary());
  }

  std::unique_ptr<BlobWriter> create() override {
    auto writer = std::make_unique<FileWriter>(folders_, key_);
    writer->begin();
    return writer;
  }

  std::unique_ptr<BlobReader> open(const BlobRef& blob) const override {
    const Digest key = unwrap_key(key_, blob.name, blob.size, blob.wrapped_key);
    return read_blob_file(file(blob.name), blob, key);
  }

  Descriptor file(const PublicId& name) const override {
    // Not waited at: a pipe may have been put there.
    Descriptor file(::openat(folders_->kept().get(), place_of(name).c_str(),
                             O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    if (!file && errno == ENOENT) throw Missing("a blob's file is missing");
    if (!file && errno == ELOOP) throw Damaged("a blob's place holds a link");
    if (!file) throw_errno("opening a blob");
    return file;
  }

  void replace(const PublicId& name, const Descriptor& file) override {
    noticing_full_disk([&] {
      Replacement replacement(*folders_);
      replacement.copy(file);
      replacement.keep_as(name);
    });
  }

  void remove(const PublicId& name) override {
    const Descriptor folder(::openat(folders_->kept().get(), folder_of(name).c_str(),
                                     O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    if (!folder && errno == ENOENT) return;
    if (!folder) throw_errno("opening a folder of blobs");
    if (::unlinkat(folder.get(), name.text().c_str(), 0) != 0 && errno != ENOENT)
      throw_errno("removing a blob");
    // Also where it was gone: whoever removed it may have been killed before this.
    make_durable(folder);
  }

  void for_each(const std::function<void(const PublicId&)>& each) const override {
    for (const std::string& entry : entries_of(folders_->kept())) {
      const Descriptor folder(
          ::openat(folders_->kept().get(), entry.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
      if (!folder) continue;
      for (const std::string& file : entries_of(folder)) {
        const auto name = PublicId::parse(file);
        if (name && folder_of(*name) == entry) each(*name);
      }
    }
  }

 private:
  std::shared_ptr<Folders> folders_;
  InstanceKey key_;
};

}  // namespace

std::unique_ptr<BlobStore> open_file_store(const std::filesystem::path& directory,
                                           const std::filesystem::path& temporary, const InstanceKey& key) {
  return std::make_unique<FileStore>(directory, temporary, key);
}

}  // namespace keepsake::blobs
