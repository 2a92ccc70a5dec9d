#pragma once
// Reading SQL text without understanding it: quotes, comments and dollar quotes are stepped over.
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace keepsake::db {

// How many parameters $1, $2, ... a statement has. Throws Error unless they first appear in order, since
// SQLite numbers them by first appearance.
std::size_t count_parameters(std::string_view sql);

// The statements of a script without their semicolons; those inside quotes, comments, dollar quotes and the
// body of a SQLite trigger divide nothing.
std::vector<std::string> split_statements(std::string_view script);

// Where the quoted text or comment that begins at `at` ends, or `at` if none begins there. What is never
// closed ends with the text.
std::size_t after_opaque(std::string_view sql, std::size_t at);

// Where the word (letters, digits, underscores) that begins at `at` ends, or `at` if none begins there.
std::size_t after_word(std::string_view sql, std::size_t at);

}  // namespace keepsake::db
