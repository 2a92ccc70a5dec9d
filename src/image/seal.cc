#include "image/seal.h"

#include <sched.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include <cerrno>
#include <memory>
#include <system_error>

namespace keepsake::image {
namespace {

// 600 MB broke HEIC of phones; most of what is counted here is address space that is never touched.
[[maybe_unused]] constexpr rlim_t most_memory = 2'400'000'000;
constexpr rlim_t most_file_bytes = 128 << 20;  // the memory handed back counts as a file
constexpr rlim_t most_descriptors = 64;

void need(bool done, const char* what) {
  if (!done) throw std::system_error(errno, std::generic_category(), what);
}

void limit(__rlimit_resource resource, rlim_t most) {
  const rlimit both{most, most};
  need(::setrlimit(resource, &both) == 0, "setrlimit");
}

// RLIMIT_NPROC would count the threads of every process of this user, the server's too; the list below lets
// nothing but threads begin.
void limit_resources() {
#ifndef KEEPSAKE_SANITIZED
  limit(RLIMIT_AS, most_memory);
#endif
  limit(RLIMIT_NOFILE, most_descriptors);
  limit(RLIMIT_FSIZE, most_file_bytes);
  limit(RLIMIT_CORE, 0);
}

#ifndef KEEPSAKE_SANITIZED

constexpr int always[] = {
    SCMP_SYS(read), SCMP_SYS(pread64), SCMP_SYS(write), SCMP_SYS(pwrite64), SCMP_SYS(lseek), SCMP_SYS(fstat),
    SCMP_SYS(newfstatat), SCMP_SYS(dup), SCMP_SYS(close), SCMP_SYS(recvmsg), SCMP_SYS(sendto),
    SCMP_SYS(ppoll), SCMP_SYS(poll),
    // memory
    SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(madvise), SCMP_SYS(brk),
    // threads of our own and their clocks
    SCMP_SYS(futex), SCMP_SYS(set_robust_list), SCMP_SYS(rseq), SCMP_SYS(sched_yield),
    SCMP_SYS(sched_getaffinity), SCMP_SYS(sched_getattr), SCMP_SYS(gettid), SCMP_SYS(getpid),
    SCMP_SYS(clock_gettime), SCMP_SYS(clock_nanosleep), SCMP_SYS(gettimeofday), SCMP_SYS(getrusage),
    SCMP_SYS(getrandom), SCMP_SYS(rt_sigaction), SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigreturn),
    SCMP_SYS(restart_syscall), SCMP_SYS(exit), SCMP_SYS(exit_group)};

// What pthread_create asks for, to the bit: with CLONE_THREAD nothing can be a process of its own.
constexpr scmp_datum_t thread_flags = CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SYSVSEM | CLONE_SIGHAND |
                                      CLONE_THREAD | CLONE_SETTLS | CLONE_PARENT_SETTID |
                                      CLONE_CHILD_CLEARTID;

#if defined(__s390__) || defined(__s390x__)
constexpr unsigned clone_flags_argument = 1;
#else
constexpr unsigned clone_flags_argument = 0;
#endif

class Filter {
 public:
  // Seccomp's own no_new_privs and a filter on all threads, since the decoders have begun some by now.
  Filter() : context_(::seccomp_init(SCMP_ACT_KILL_PROCESS)) {
    if (!context_) throw std::system_error(ENOMEM, std::generic_category(), "seccomp_init");
    check(::seccomp_attr_set(context_.get(), SCMP_FLTATR_CTL_NNP, 1));
    check(::seccomp_attr_set(context_.get(), SCMP_FLTATR_CTL_TSYNC, 1));
  }
  void allow(int call) { check(::seccomp_rule_add(context_.get(), SCMP_ACT_ALLOW, call, 0)); }
  void allow_if(int call, scmp_arg_cmp comparison) {
    check(::seccomp_rule_add_array(context_.get(), SCMP_ACT_ALLOW, call, 1, &comparison));
  }
  void answer(int call, int error) {
    check(::seccomp_rule_add(context_.get(), SCMP_ACT_ERRNO(error), call, 0));
  }
  void load() { check(::seccomp_load(context_.get())); }

 private:
  static void check(int status) {
    if (status < 0) throw std::system_error(-status, std::generic_category(), "seccomp");
  }
  struct Release {
    void operator()(void* context) const { ::seccomp_release(context); }
  };
  std::unique_ptr<void, Release> context_;
};

scmp_arg_cmp argument_is(unsigned number, scmp_datum_t value) {
  return {number, SCMP_CMP_EQ, value, 0};
}

scmp_arg_cmp argument_lacks(unsigned number, scmp_datum_t bits) {
  return {number, SCMP_CMP_MASKED_EQ, bits, 0};
}

void filter_calls() {
  Filter filter;
  for (const auto call : always) filter.allow(call);
  filter.allow_if(SCMP_SYS(mmap), argument_lacks(2, PROT_EXEC));
  filter.allow_if(SCMP_SYS(mprotect), argument_lacks(2, PROT_EXEC));
  filter.allow_if(SCMP_SYS(clone), argument_is(clone_flags_argument, thread_flags));
  filter.answer(SCMP_SYS(clone3),
                ENOSYS);  // its flags lie in memory, out of sight; glibc falls back to clone
  filter.allow_if(SCMP_SYS(prctl), argument_is(0, PR_SET_NAME));
  filter.load();
}

#endif

}  // namespace

void seal() {
  need(::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0, "no_new_privs");
  need(::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0, "dumpable");
  limit_resources();
#ifndef KEEPSAKE_SANITIZED
  filter_calls();
#endif
}

}  // namespace keepsake::image
