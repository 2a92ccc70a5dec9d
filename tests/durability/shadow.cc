// libshadow.so: preloaded into the server, it follows what the process does to one folder and appends every
// step to a record. From the record tests/durability/shadow.py builds the folder as a disk would hold it
// after a loss of power. What counts as durable is the least that POSIX promises:
//
// - a file's bytes and size, as they were when an fsync or fdatasync of it began, once that call succeeded;
// - a name in a folder (made, linked, renamed, removed), as it was when an fsync of that folder began, once
//   that call succeeded. Syncing a file makes none of its names durable; syncing a folder makes none of its
//   files' bytes durable. A rename between two folders is a name in one and a name gone in the other, each
//   durable with its own folder.
//
// Nothing else is: no close, no order of writes, no time that passes. A real file system keeps more (a rename
// is one step, names reach the disk in their order), so what survives here survives there. Not modelled: a
// disk that lies about a flush, one that loses what it had, bytes of a file that has no name any more (an
// upload on its way), SQLite's "-shm" (a cache of the WAL that is rebuilt), sockets, modes and times.
//
// A call that changes a file and that this recorder cannot follow is written down as such, and the test fails
// by its name. The test also compares the whole record with the folder itself: what came by another way
// (stdio's own writes, io_uring) shows there.
//
//   SHADOW_RECORD   the file to append to; without it the library does nothing
//   SHADOW_ROOT     the folder to follow, a real path; taken as durable itself
//   SHADOW_FORGETS  sabotage: patterns (fnmatch, parted by ':') of paths below the root whose syncs are lost
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/uio.h>
#include <unistd.h>

#include <atomic>
#include <cstdarg>
#include <cstdio>
#include <optional>
#include <string>
#include <string_view>

#include "durability/recorder.h"

namespace {

using namespace keepsake::durability;

template <class Function>
Function* real(const char* name) {
  return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}

std::string_view text(const void* bytes, ssize_t size) {
  return {static_cast<const char*>(bytes), static_cast<std::size_t>(size)};
}

// Opening: a name that was not there before is a new file; O_TRUNC empties one that was.
template <class Open>
int opening(int folder, const char* path, int flags, Open&& open) {
  const bool changes = (flags & (O_CREAT | O_TRUNC | O_DSYNC)) != 0;
  const bool unnamed = (flags & O_TMPFILE) == O_TMPFILE;
  if (!changes || unnamed || !place(folder, path)) return open();
  if ((flags & O_DSYNC) != 0) cannot_follow("open with O_SYNC or O_DSYNC");
  const Recorder::Turn turn(recorder());
  const auto before = place(folder, path);
  const int opened = open();
  if (opened < 0) return opened;
  const std::uint64_t inode = inode_of(opened);
  if (!before->there) {
    recorder().add(Kind::create, before->folder, inode, 0, before->name);
  } else if ((flags & O_TRUNC) != 0) {
    recorder().add(Kind::truncate, 0, inode, 0);
  }
  return opened;
}

mode_t mode_argument(int flags, va_list arguments) {
  const bool given = (flags & O_CREAT) != 0 || (flags & O_TMPFILE) == O_TMPFILE;
  return given ? va_arg(arguments, mode_t) : 0;
}

// Writing: `write` returns the bytes written; they end at the descriptor's place, or begin at `at`.
template <class Write>
ssize_t writing(int descriptor, std::optional<off_t> at, Write&& write, const std::string& bytes) {
  const auto file = followed(descriptor);
  if (!file) return write();
  if (at && (::fcntl(descriptor, F_GETFL) & O_APPEND) != 0) cannot_follow("pwrite with O_APPEND");
  const Recorder::Turn turn(recorder());
  const ssize_t written = write();
  if (written <= 0) return written;
  const off_t begin = at ? *at : ::lseek(descriptor, 0, SEEK_CUR) - written;
  recorder().add(Kind::write, 0, file->inode, static_cast<std::uint64_t>(begin), {},
                 text(bytes.data(), written));
  return written;
}

std::string joined(const iovec* parts, int count) {
  std::string bytes;
  for (int i = 0; i < count; ++i) bytes.append(static_cast<const char*>(parts[i].iov_base), parts[i].iov_len);
  return bytes;
}

template <class Truncate>
int truncating(std::uint64_t inode, off_t size, Truncate&& truncate) {
  const Recorder::Turn turn(recorder());
  const int result = truncate();
  if (result == 0) recorder().add(Kind::truncate, 0, inode, static_cast<std::uint64_t>(size));
  return result;
}

std::atomic<std::uint32_t> tickets = 0;

// Syncing: what is durable is what was there when it began, and only once it has succeeded.
template <class Sync>
int syncing(int descriptor, Sync&& sync) {
  const auto opened = followed(descriptor);
  if (!opened) return sync();
  if (recorder().forgets(opened->path)) return 0;
  const std::uint64_t ticket = (static_cast<std::uint64_t>(::getpid()) << 32) | ++tickets;
  const auto tell = [&](Kind kind) {
    const Recorder::Turn turn(recorder());
    recorder().add(kind, 0, opened->inode, ticket);
  };
  tell(Kind::sync);
  const int result = sync();
  if (result == 0) tell(Kind::synced);
  return result;
}

template <class Remove>
int removing(int folder, const char* path, Remove&& remove) {
  if (!place(folder, path)) return remove();
  const Recorder::Turn turn(recorder());
  const auto gone = place(folder, path);
  const int result = remove();
  if (result == 0) recorder().add(Kind::unlink, gone->folder, 0, 0, gone->name);
  return result;
}

template <class Rename>
int renaming(int from, const char* old_path, int to, const char* new_path, Rename&& rename) {
  if (!place(from, old_path) && !place(to, new_path)) return rename();
  if (!place(from, old_path) || !place(to, new_path)) cannot_follow("rename into or out of the folder");
  const Recorder::Turn turn(recorder());
  const auto source = place(from, old_path), target = place(to, new_path);
  const int result = rename();
  if (result == 0 && source && target)
    recorder().add(Kind::rename, source->folder, target->folder, 0, source->name, target->name);
  return result;
}

template <class Link>
int linking(int to, const char* new_path, Link&& link) {
  if (!place(to, new_path)) return link();
  const Recorder::Turn turn(recorder());
  const int result = link();
  const auto made = place(to, new_path);
  if (result == 0) recorder().add(Kind::link, made->folder, *made->there, 0, made->name);
  return result;
}

template <class Make>
int making(int folder, const char* path, Make&& make) {
  if (!place(folder, path)) return make();
  const Recorder::Turn turn(recorder());
  const int result = make();
  const auto made = place(folder, path);
  if (result == 0) recorder().add(Kind::make, made->folder, *made->there, 0, made->name);
  return result;
}

// For what the server does not use on files: let through, and written down where it touches what is followed.
void refuse(const char* call, int descriptor) {
  if (followed(descriptor)) cannot_follow(call);
}

}  // namespace

#pragma GCC visibility push(default)
// The calls themselves, in all the forms that the C library exports them. NOLINTBEGIN: their names are given.
extern "C" {

#define OPEN(NAME)                                                                              \
  int NAME(const char* path, int flags, ...) {                                                  \
    va_list arguments;                                                                          \
    va_start(arguments, flags);                                                                 \
    const mode_t mode = mode_argument(flags, arguments);                                        \
    va_end(arguments);                                                                          \
    return opening(AT_FDCWD, path, flags,                                                       \
                   [&] { return real<int(const char*, int, ...)>(#NAME)(path, flags, mode); }); \
  }
OPEN(open)
OPEN(open64)

#define OPENAT(NAME)                                                                                         \
  int NAME(int folder, const char* path, int flags, ...) {                                                   \
    va_list arguments;                                                                                       \
    va_start(arguments, flags);                                                                              \
    const mode_t mode = mode_argument(flags, arguments);                                                     \
    va_end(arguments);                                                                                       \
    return opening(folder, path, flags,                                                                      \
                   [&] { return real<int(int, const char*, int, ...)>(#NAME)(folder, path, flags, mode); }); \
  }
OPENAT(openat)
OPENAT(openat64)

// What _FORTIFY_SOURCE makes of an open without a mode.
#define OPEN_2(NAME)                                                                                        \
  int NAME(const char* path, int flags) {                                                                   \
    return opening(AT_FDCWD, path, flags, [&] { return real<int(const char*, int)>(#NAME)(path, flags); }); \
  }
OPEN_2(__open_2)
OPEN_2(__open64_2)
#define OPENAT_2(NAME)                                                                            \
  int NAME(int folder, const char* path, int flags) {                                             \
    return opening(folder, path, flags,                                                           \
                   [&] { return real<int(int, const char*, int)>(#NAME)(folder, path, flags); }); \
  }
OPENAT_2(__openat_2)
OPENAT_2(__openat64_2)

#define CREAT(NAME)                                                                    \
  int NAME(const char* path, mode_t mode) {                                            \
    return opening(AT_FDCWD, path, O_CREAT | O_TRUNC,                                  \
                   [&] { return real<int(const char*, mode_t)>(#NAME)(path, mode); }); \
  }
CREAT(creat)
CREAT(creat64)

#define FOPEN(NAME)                                                                \
  FILE* NAME(const char* path, const char* mode) {                                 \
    if (mode[0] != 'r' && place(AT_FDCWD, path)) cannot_follow(#NAME " to write"); \
    return real<FILE*(const char*, const char*)>(#NAME)(path, mode);               \
  }
FOPEN(fopen)
FOPEN(fopen64)

ssize_t write(int descriptor, const void* bytes, size_t size) {
  const auto call = [&] { return real<ssize_t(int, const void*, size_t)>("write")(descriptor, bytes, size); };
  return followed(descriptor)
             ? writing(descriptor, std::nullopt, call, std::string(text(bytes, static_cast<ssize_t>(size))))
             : call();
}
ssize_t writev(int descriptor, const iovec* parts, int count) {
  const auto call = [&] { return real<ssize_t(int, const iovec*, int)>("writev")(descriptor, parts, count); };
  return followed(descriptor) ? writing(descriptor, std::nullopt, call, joined(parts, count)) : call();
}
#define PWRITE(NAME)                                                                                        \
  ssize_t NAME(int descriptor, const void* bytes, size_t size, off_t at) {                                  \
    return writing(                                                                                         \
        descriptor, at,                                                                                     \
        [&] { return real<ssize_t(int, const void*, size_t, off_t)>(#NAME)(descriptor, bytes, size, at); }, \
        std::string(text(bytes, static_cast<ssize_t>(size))));                                              \
  }
PWRITE(pwrite)
PWRITE(pwrite64)
#define PWRITEV(NAME)                                                                                      \
  ssize_t NAME(int descriptor, const iovec* parts, int count, off_t at) {                                  \
    return writing(                                                                                        \
        descriptor, at,                                                                                    \
        [&] { return real<ssize_t(int, const iovec*, int, off_t)>(#NAME)(descriptor, parts, count, at); }, \
        joined(parts, count));                                                                             \
  }
PWRITEV(pwritev)
PWRITEV(pwritev64)

#define FTRUNCATE(NAME)                                                               \
  int NAME(int descriptor, off_t size) noexcept {                                     \
    const auto call = [&] { return real<int(int, off_t)>(#NAME)(descriptor, size); }; \
    const auto file = followed(descriptor);                                           \
    return file ? truncating(file->inode, size, call) : call();                       \
  }
FTRUNCATE(ftruncate)
FTRUNCATE(ftruncate64)
#define TRUNCATE(NAME)                                                                  \
  int NAME(const char* path, off_t size) noexcept {                                     \
    const auto call = [&] { return real<int(const char*, off_t)>(#NAME)(path, size); }; \
    const auto file = place(AT_FDCWD, path);                                            \
    return file && file->there ? truncating(*file->there, size, call) : call();         \
  }
TRUNCATE(truncate)
TRUNCATE(truncate64)

int fsync(int descriptor) {
  return syncing(descriptor, [&] { return real<int(int)>("fsync")(descriptor); });
}
int fdatasync(int descriptor) {
  return syncing(descriptor, [&] { return real<int(int)>("fdatasync")(descriptor); });
}

int unlink(const char* path) noexcept {
  return removing(AT_FDCWD, path, [&] { return real<int(const char*)>("unlink")(path); });
}
int rmdir(const char* path) noexcept {
  return removing(AT_FDCWD, path, [&] { return real<int(const char*)>("rmdir")(path); });
}
int remove(const char* path) noexcept {
  return removing(AT_FDCWD, path, [&] { return real<int(const char*)>("remove")(path); });
}
int unlinkat(int folder, const char* path, int flags) noexcept {
  return removing(folder, path,
                  [&] { return real<int(int, const char*, int)>("unlinkat")(folder, path, flags); });
}

int rename(const char* from, const char* to) noexcept {
  return renaming(AT_FDCWD, from, AT_FDCWD, to,
                  [&] { return real<int(const char*, const char*)>("rename")(from, to); });
}
int renameat(int from, const char* old_path, int to, const char* new_path) noexcept {
  return renaming(from, old_path, to, new_path, [&] {
    return real<int(int, const char*, int, const char*)>("renameat")(from, old_path, to, new_path);
  });
}
int renameat2(int from, const char* old_path, int to, const char* new_path, unsigned flags) noexcept {
  if ((flags & RENAME_EXCHANGE) != 0 && place(to, new_path)) cannot_follow("renameat2 with RENAME_EXCHANGE");
  return renaming(from, old_path, to, new_path, [&] {
    return real<int(int, const char*, int, const char*, unsigned)>("renameat2")(from, old_path, to, new_path,
                                                                                flags);
  });
}

int link(const char* from, const char* to) noexcept {
  return linking(AT_FDCWD, to, [&] { return real<int(const char*, const char*)>("link")(from, to); });
}
int linkat(int from, const char* old_path, int to, const char* new_path, int flags) noexcept {
  return linking(to, new_path, [&] {
    return real<int(int, const char*, int, const char*, int)>("linkat")(from, old_path, to, new_path, flags);
  });
}
int symlink(const char* target, const char* path) noexcept {
  if (place(AT_FDCWD, path)) cannot_follow("symlink");
  return real<int(const char*, const char*)>("symlink")(target, path);
}

int mkdir(const char* path, mode_t mode) noexcept {
  return making(AT_FDCWD, path, [&] { return real<int(const char*, mode_t)>("mkdir")(path, mode); });
}
int mkdirat(int folder, const char* path, mode_t mode) noexcept {
  return making(folder, path,
                [&] { return real<int(int, const char*, mode_t)>("mkdirat")(folder, path, mode); });
}

#define MMAP(NAME)                                                                                     \
  void* NAME(void* where, size_t size, int protection, int flags, int descriptor, off_t at) noexcept { \
    const bool writes =                                                                                \
        descriptor >= 0 && (flags & MAP_TYPE) != MAP_PRIVATE && (protection & PROT_WRITE) != 0;        \
    if (writes) refuse(#NAME " to write", descriptor);                                                 \
    return real<void*(void*, size_t, int, int, int, off_t)>(#NAME)(where, size, protection, flags,     \
                                                                   descriptor, at);                    \
  }
MMAP(mmap)
MMAP(mmap64)

#define ALLOCATE(NAME)                                                \
  int NAME(int descriptor, off_t at, off_t size) {                    \
    refuse(#NAME, descriptor);                                        \
    return real<int(int, off_t, off_t)>(#NAME)(descriptor, at, size); \
  }
ALLOCATE(posix_fallocate)
ALLOCATE(posix_fallocate64)
#define FALLOCATE(NAME)                                                          \
  int NAME(int descriptor, int mode, off_t at, off_t size) {                     \
    refuse(#NAME, descriptor);                                                   \
    return real<int(int, int, off_t, off_t)>(#NAME)(descriptor, mode, at, size); \
  }
FALLOCATE(fallocate)
FALLOCATE(fallocate64)

#define SENDFILE(NAME)                                                         \
  ssize_t NAME(int to, int from, off_t* at, size_t size) noexcept {            \
    refuse(#NAME, to);                                                         \
    return real<ssize_t(int, int, off_t*, size_t)>(#NAME)(to, from, at, size); \
  }
SENDFILE(sendfile)
SENDFILE(sendfile64)
ssize_t copy_file_range(int from, off64_t* from_at, int to, off64_t* to_at, size_t size, unsigned flags) {
  refuse("copy_file_range", to);
  return real<ssize_t(int, off64_t*, int, off64_t*, size_t, unsigned)>("copy_file_range")(from, from_at, to,
                                                                                          to_at, size, flags);
}
ssize_t splice(int from, off64_t* from_at, int to, off64_t* to_at, size_t size, unsigned flags) {
  refuse("splice", to);
  return real<ssize_t(int, off64_t*, int, off64_t*, size_t, unsigned)>("splice")(from, from_at, to, to_at,
                                                                                 size, flags);
}
#define PWRITEV2(NAME)                                                                                    \
  ssize_t NAME(int descriptor, const iovec* parts, int count, off_t at, int flags) {                      \
    refuse(#NAME, descriptor);                                                                            \
    return real<ssize_t(int, const iovec*, int, off_t, int)>(#NAME)(descriptor, parts, count, at, flags); \
  }
PWRITEV2(pwritev2)
PWRITEV2(pwritev64v2)

}  // extern "C". NOLINTEND
#pragma GCC visibility pop
