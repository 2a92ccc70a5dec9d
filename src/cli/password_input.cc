#include "cli/password_input.h"

#include <termios.h>
#include <unistd.h>

#include <istream>
#include <ostream>

namespace keepsake::cli {
namespace {

constexpr std::size_t longest_line = 4096;

// While it lives, the terminal shows nothing of what is typed.
class Silence {
 public:
  Silence() : active_(::tcgetattr(STDIN_FILENO, &before_) == 0) {
    termios silent = before_;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    if (active_) ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
  }
  ~Silence() {
    if (active_) ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
  }
  Silence(const Silence&) = delete;
  Silence& operator=(const Silence&) = delete;

 private:
  termios before_{};
  bool active_;
};

std::string read_line(std::istream& in) {
  std::string line;
  for (int c = in.get(); c != std::istream::traits_type::eof() && c != '\n'; c = in.get()) {
    if (line.size() == longest_line) throw Failure("This password is too long.");
    line.push_back(static_cast<char>(c));
  }
  if (line.ends_with('\r')) line.pop_back();
  return line;
}

std::string ask(Console& console, const char* question) {
  console.err << question << std::flush;
  const Silence silence;
  std::string line = read_line(console.in);
  console.err << '\n';
  return line;
}

}  // namespace

std::string read_new_password(Console& console, bool from_stdin) {
  if (from_stdin) return read_line(console.in);
  if (!console.typed) throw Misuse("A password is read from standard input: add --password-stdin.");
  std::string password = ask(console, "New password: ");
  if (ask(console, "The same again: ") != password) throw Failure("The two do not match.");
  return password;
}

}  // namespace keepsake::cli
