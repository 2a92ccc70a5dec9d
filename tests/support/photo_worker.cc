// The worker program of tests: what the keepsake binary does as a worker, and on files that begin with "PROBE
// " what no worker should do. The product holds none of this.
#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <map>
#include <string>
#include <thread>

#include "image/renditions.h"
#include "image/warm_pictures.h"
#include "image/worker.h"

namespace keepsake::image {
namespace {

using Probe = void (*)(int photo, int memory);

// Opened before the seal.
int good_photo() {
  static const int photo = [] {
    const auto bytes = warm_picture(Format::jpeg);
    const int file = ::memfd_create("photo", MFD_CLOEXEC);
    if (::write(file, bytes.data(), bytes.size()) < 0) ::abort();
    return file;
  }();
  return photo;
}

// An answer that an honest worker gives, for others to spoil.
Answer honest(int memory, const Request& request) {
  return make_renditions(good_photo(), memory, request, ~0u);
}

const std::map<std::string, Probe> forbidden = {
    {"open", [](int, int) { ::open("/etc/hostname", O_RDONLY); }},
    {"create", [](int, int) { ::open("/tmp", O_TMPFILE | O_WRONLY, 0600); }},
    {"socket", [](int, int) { ::socket(AF_INET, SOCK_STREAM, 0); }},
    {"fork",
     [](int, int) {
       if (::fork() == 0) ::_exit(0);
     }},
    {"vfork",
     [](int, int) {
       if (::vfork() == 0) ::_exit(0);
     }},
    {"execute", [](int, int) { ::execl("/bin/true", "true", nullptr); }},
    {"trace", [](int, int) { ::ptrace(PTRACE_TRACEME, 0, nullptr, nullptr); }},
    {"kill", [](int, int) { ::kill(::getppid(), 0); }},
    {"run made code",
     [](int, int) {
       ::mmap(nullptr, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
     }},
    {"turn into code",
     [](int, int) {
       void* page = ::mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
       ::mprotect(page, 4096, PROT_READ | PROT_EXEC);
     }},
    // A thread begun before the seal would be no way around it either; one begun after surely is not.
    {"open in a thread", [](int, int) { std::thread([] { ::open("/etc/hostname", O_RDONLY); }).join(); }},
    {"crash", [](int, int) { ::raise(SIGSEGV); }},
    {"abort", [](int, int) { ::abort(); }},
    {"leave", [](int, int) { ::_exit(0); }},
    {"loop",
     [](int, int) {
       for (volatile bool forever = true; forever;) {
       }
     }},
    {"fill memory",
     [](int, int memory) {
       static char block[1 << 20];
       for (off_t at = 0; at < off_t{1} << 30; at += sizeof(block))
         if (::pwrite(memory, block, sizeof(block), at) < 0) ::abort();
     }},
};

// Writing to the photo must fail, by whatever way; then the answer is that of a good photo.
Answer write_photo(int photo, int memory, const Request& request) {
  if (::pwrite(photo, "X", 1, 0) >= 0) return {.outcome = Outcome::not_a_photo};
  return honest(memory, request);
}

Answer spoiled(const std::string& how, int memory, const Request& request) {
  auto answer = honest(memory, request);
  if (how == "beyond the memory") answer.pieces[0].offset = ~std::uint64_t{0} - 4;
  if (how == "too many bytes") answer.pieces[0].size = std::uint64_t{1} << 40;
  if (how == "too wide") answer.pieces[0].width = 5000;
  if (how == "wrong size") answer.pieces[0].width -= 1;
  if (how == "no such format") answer.format = 77;
  if (how == "other magic") answer.magic = 0;
  if (how == "no picture" && ::pwrite(memory, "<script>", 8, 0) != 8) ::abort();
  if (how == "cut memory" && ::ftruncate(memory, 10) != 0) ::abort();
  return answer;
}

Answer work(int photo, int memory, const Request& request, std::uint32_t formats) {
  char start[64] = {};
  if (::pread(photo, start, sizeof(start) - 1, 0) < 0) ::abort();
  const std::string text = start;
  if (!text.starts_with("PROBE ")) return make_renditions(photo, memory, request, formats);
  const auto probe = text.substr(6);
  if (probe == "write photo") return write_photo(photo, memory, request);
  if (const auto found = forbidden.find(probe); found != forbidden.end()) found->second(photo, memory);
  if (probe.starts_with("say ")) return spoiled(probe.substr(4), memory, request);
  return {.outcome = Outcome::not_a_photo};  // the probe did no harm and was not stopped
}

}  // namespace
}  // namespace keepsake::image

int main(int argc, char** argv) {
  keepsake::image::good_photo();
  return keepsake::image::serve_if_photo_worker(argc, argv, keepsake::image::work).value_or(2);
}
