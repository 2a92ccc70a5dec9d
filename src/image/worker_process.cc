#include "image/worker_process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

#include "image/worker.h"

extern "C" {  // which the header of glibc 2.36 forgets
#include <sys/pidfd.h>
}

namespace keepsake::image {
namespace {

using Milliseconds = std::chrono::milliseconds;
using Steady = std::chrono::steady_clock;

Descriptor owned(int number, const char* what) {
  if (number < 0) throw std::system_error(errno, std::generic_category(), what);
  return Descriptor(number);
}

void need(int error, const char* what) {
  if (error != 0) throw std::system_error(error, std::generic_category(), what);
}

struct Ends {
  Descriptor parent, child;
};

// The child's end stands above the numbers that the new process gives to other files.
Ends connect_ends() {
  int pair[2];
  need(::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) == 0 ? 0 : errno, "socketpair");
  Ends ends{Descriptor(pair[0]), Descriptor(pair[1])};
  ends.child = owned(::fcntl(ends.child.get(), F_DUPFD_CLOEXEC, worker_socket + 1), "dup");
  return ends;
}

// /dev/null stands where a library might print, so that it cannot print into a photo.
class FileActions {
 public:
  explicit FileActions(int socket) {
    need(::posix_spawn_file_actions_init(&actions_), "file actions");
    for (int standard = 0; standard < worker_socket; ++standard)
      need(::posix_spawn_file_actions_addopen(&actions_, standard, "/dev/null", O_RDWR, 0), "addopen");
    need(::posix_spawn_file_actions_adddup2(&actions_, socket, worker_socket), "adddup2");
    need(::posix_spawn_file_actions_addclosefrom_np(&actions_, worker_socket + 1), "addclosefrom");
  }
  ~FileActions() { ::posix_spawn_file_actions_destroy(&actions_); }
  FileActions(const FileActions&) = delete;
  FileActions& operator=(const FileActions&) = delete;
  const posix_spawn_file_actions_t* get() const { return &actions_; }

 private:
  posix_spawn_file_actions_t actions_;
};

// A process group of its own, so that an interrupt typed at the terminal reaches the server alone and photos
// in work are finished.
class Attributes {
 public:
  Attributes() {
    need(::posix_spawnattr_init(&attributes_), "attributes");
    sigset_t none, all;
    ::sigemptyset(&none);
    ::sigfillset(&all);
    ::posix_spawnattr_setsigmask(&attributes_, &none);
    ::posix_spawnattr_setsigdefault(&attributes_, &all);
    ::posix_spawnattr_setpgroup(&attributes_, 0);
    ::posix_spawnattr_setflags(&attributes_,
                               POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
  }
  ~Attributes() { ::posix_spawnattr_destroy(&attributes_); }
  Attributes(const Attributes&) = delete;
  Attributes& operator=(const Attributes&) = delete;
  const posix_spawnattr_t* get() const { return &attributes_; }

 private:
  posix_spawnattr_t attributes_;
};

pid_t spawn(const std::filesystem::path& program, int socket) {
  const FileActions actions(socket);
  const Attributes attributes;
  std::string name = worker_name;
  char* argv[] = {name.data(), nullptr};
  char* environment[] = {nullptr};
  pid_t process = 0;
  need(::posix_spawn(&process, program.c_str(), actions.get(), attributes.get(), argv, environment), "spawn");
  return process;
}

bool send_request(int socket, const Request& request, int photo, int memory) {
  const std::array<int, 2> descriptors{photo, memory};
  alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(descriptors))> control{};
  iovec part{const_cast<Request*>(&request), sizeof(request)};
  msghdr message{};
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  message.msg_control = control.data();
  message.msg_controllen = control.size();
  auto* header = CMSG_FIRSTHDR(&message);
  header->cmsg_level = SOL_SOCKET;
  header->cmsg_type = SCM_RIGHTS;
  header->cmsg_len = CMSG_LEN(sizeof(descriptors));
  std::memcpy(CMSG_DATA(header), descriptors.data(), sizeof(descriptors));
  return ::sendmsg(socket, &message, MSG_NOSIGNAL | MSG_DONTWAIT) == sizeof(request);
}

// Whether something can be read, or the other side is gone, before the deadline.
bool wait_readable(int file, Steady::time_point deadline) {
  for (;;) {
    const auto left = std::chrono::ceil<Milliseconds>(deadline - Steady::now()).count();
    pollfd watched{file, POLLIN, 0};
    const auto ready = ::poll(&watched, 1, static_cast<int>(std::clamp<long>(left, 0, 1'000'000)));
    if (ready > 0) return true;
    if (ready == 0 && left <= 0) return false;
  }
}

std::uint64_t size_of(int file) {
  struct stat about{};
  return ::fstat(file, &about) == 0 ? about.st_size : 0;
}

}  // namespace

Descriptor::Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
  std::swap(number_, other.number_);
  return *this;
}
Descriptor::~Descriptor() {
  if (number_ >= 0) ::close(number_);
}

WorkerProcess::WorkerProcess(const std::filesystem::path& program) {
  auto ends = connect_ends();
  const auto process = spawn(program, ends.child.get());
  // Nobody else waits for this process, so its number cannot have been given away by now.
  process_ = owned(::pidfd_open(process, 0), "pidfd_open");
  socket_ = std::move(ends.parent);
}

WorkerProcess::~WorkerProcess() {
  ::pidfd_send_signal(process_.get(), SIGKILL, nullptr, 0);
  siginfo_t about{};
  while (::waitid(P_PIDFD, process_.get(), &about, WEXITED) < 0 && errno == EINTR) {
  }
}

bool WorkerProcess::alive() const {
  siginfo_t about{};
  return ::waitid(P_PIDFD, process_.get(), &about, WEXITED | WNOHANG | WNOWAIT) == 0 && about.si_pid == 0;
}

std::optional<int> WorkerProcess::fatal_signal() const {
  siginfo_t about{};
  if (::waitid(P_PIDFD, process_.get(), &about, WEXITED | WNOHANG | WNOWAIT) < 0) return std::nullopt;
  if (about.si_code != CLD_KILLED && about.si_code != CLD_DUMPED) return std::nullopt;
  return about.si_status;
}

std::optional<Bytes> WorkerProcess::receive(Milliseconds patience, bool& in_time) const {
  in_time = wait_readable(socket_.get(), Steady::now() + patience);
  if (!in_time) return std::nullopt;
  Bytes packet(sizeof(Answer) + 1);
  // Without room for control data, descriptors that a worker sends are closed by the kernel.
  const auto size = ::recv(socket_.get(), packet.data(), packet.size(), MSG_DONTWAIT);
  if (size <= 0) return std::nullopt;
  packet.resize(size);
  return packet;
}

std::optional<std::uint32_t> WorkerProcess::greeting(Milliseconds patience) {
  bool in_time = false;
  const auto packet = receive(patience, in_time);
  Greeting greeting;
  if (!packet || packet->size() != sizeof(greeting)) return std::nullopt;
  std::memcpy(&greeting, packet->data(), sizeof(greeting));
  if (greeting.magic != protocol) return std::nullopt;
  return greeting.formats;
}

End WorkerProcess::end_of_silence(bool in_time) {
  if (!in_time) return End::out_of_patience;
  // Its socket is shut, so it is about to be gone; one that only pretends is not waited for.
  if (!wait_readable(process_.get(), Steady::now() + std::chrono::seconds(1))) return End::untrustworthy;
  // SIGKILL and SIGTERM come from an administrator or a machine short of memory, any other from within.
  const auto signal = fatal_signal();
  return signal == SIGKILL || signal == SIGTERM ? End::taken_away : End::crashed;
}

Reply WorkerProcess::ask(int photo, const Request& request, Milliseconds patience) {
  const auto memory = owned(::memfd_create("renditions", MFD_CLOEXEC), "memfd_create");
  if (!send_request(socket_.get(), request, photo, memory.get())) return {End::taken_away};
  ++photos_;
  bool in_time = false;
  const auto packet = receive(patience, in_time);
  if (!packet) return {end_of_silence(in_time)};
  const auto answer = read_answer(*packet, request.wanted, size_of(memory.get()));
  if (!answer) return {End::untrustworthy};
  if (answer->outcome != Outcome::made) return {End::answered, answer->outcome};
  auto taken = read_renditions(*answer, request.wanted, memory.get());
  if (!taken) return {End::untrustworthy};
  return {End::answered, Outcome::made, std::move(taken)};
}

}  // namespace keepsake::image
