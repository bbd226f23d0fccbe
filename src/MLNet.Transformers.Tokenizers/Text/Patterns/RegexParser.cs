namespace MLNet.Transformers.Tokenizers;

/// <summary>Reads regular expressions as Oniguruma's Ruby syntax defines them, which is what a <c>tokenizer.json</c> holds.</summary>
/// <seealso href="https://github.com/kkos/oniguruma/blob/master/doc/RE"/>
internal sealed class RegexParser
{
    private readonly string _expression;
    private readonly RegexClassParser _classes;
    private int _position;
    private RegexOptions _options;

    private RegexParser(string expression)
    {
        _expression = expression;
        _classes = new RegexClassParser(expression);
    }

    [Flags]
    private enum RegexOptions
    {
        None = 0,
        IgnoreCase = 1,
        DotMatchesNewline = 2,
        IgnoreSpace = 4,
    }

    private bool AtEnd => _position == _expression.Length;

    /// <exception cref="FormatException">The expression is malformed, or asks for something that is not supported.</exception>
    public static RegexNode Parse(string expression)
    {
        var parser = new RegexParser(expression);
        RegexNode node = parser.ParseChoice();
        return parser.AtEnd ? node : throw parser.Error("a closing parenthesis without an opening one");
    }

    private RegexNode ParseChoice()
    {
        RegexOptions options = _options;
        var alternatives = new List<RegexNode> { ParseSequence() };
        while (TryTake('|'))
        {
            alternatives.Add(ParseSequence());
        }

        _options = options;
        return alternatives.Count == 1 ? alternatives[0] : new RegexNode.Choice(alternatives);
    }

    private RegexNode ParseSequence()
    {
        var parts = new List<RegexNode>();
        while (!AtEnd && _expression[_position] is not ('|' or ')'))
        {
            if (_options.HasFlag(RegexOptions.IgnoreSpace) && SkipSpaceOrComment())
            {
                continue;
            }

            if (ParseAtom() is { } atom)
            {
                parts.Add(ParseRepeats(atom));
            }
        }

        return parts.Count == 1 ? parts[0] : new RegexNode.Sequence(parts);
    }

    private bool SkipSpaceOrComment()
    {
        if (char.IsWhiteSpace(_expression[_position]))
        {
            _position++;
            return true;
        }

        if (_expression[_position] != '#')
        {
            return false;
        }

        while (!AtEnd && _expression[_position++] != '\n')
        {
        }

        return true;
    }

    // Null where the text only sets options.
    private RegexNode? ParseAtom()
    {
        switch (_expression[_position])
        {
            case '(':
                _position++;
                return ParseGroup();
            case '[':
                return SetOf(_classes.ParseBracket(ref _position));
            case '.':
                _position++;
                bool all = _options.HasFlag(RegexOptions.DotMatchesNewline);
                return new RegexNode.Set(new CodePointSet(codePoint => all || codePoint != '\n'));
            case '^':
                _position++;
                return new RegexNode.Place(RegexPlace.LineStart);
            case '$':
                _position++;
                return new RegexNode.Place(RegexPlace.LineEnd);
            case '*' or '+' or '?':
                throw Error("nothing to repeat");
            case '\\':
                return ParseEscape();
            default:
                int codePoint = Characters.GetCodePoint(_expression, _position, out int length);
                _position += length;
                return SetOf(other => other == codePoint);
        }
    }

    private RegexNode ParseEscape()
    {
        char letter = _position + 1 < _expression.Length ? _expression[_position + 1] : throw Error("a backslash at the end");
        RegexPlace? place = letter switch
        {
            'A' => RegexPlace.TextStart,
            'z' => RegexPlace.TextEnd,
            'Z' => RegexPlace.TextEndOrLastLineEnd,
            'b' => RegexPlace.WordBoundary,
            'B' => RegexPlace.NoWordBoundary,
            _ => null,
        };
        if (place is { } kind)
        {
            _position += 2;
            return new RegexNode.Place(kind);
        }

        if (letter == 'R')
        {
            _position += 2;
            var newline = new RegexNode.Sequence([SetOf(codePoint => codePoint == '\r'), SetOf(codePoint => codePoint == '\n')]);
            return new RegexNode.Atomic(new RegexNode.Choice([newline, SetOf(codePoint => codePoint is (>= '\n' and <= '\r') or 0x85 or 0x2028 or 0x2029)]));
        }

        return letter is (>= '1' and <= '9') or 'k' or 'g' or 'G' or 'K' or 'X'
            ? throw Error($"\\{letter} is not supported")
            : SetOf(_classes.ParseEscape(ref _position, inBracket: false));
    }

    private RegexNode? ParseGroup()
    {
        if (!TryTake('?'))
        {
            return CloseGroup(ParseChoice());
        }

        if (TryTake('#'))
        {
            int close = _expression.IndexOf(')', _position);
            _position = close >= 0 ? close + 1 : throw Error("a comment without an end");
            return null;
        }

        if (TryTake(':'))
        {
            return CloseGroup(ParseChoice());
        }

        if (TryTake('>'))
        {
            return CloseGroup(new RegexNode.Atomic(ParseChoice()));
        }

        foreach ((string sign, bool behind, bool negative) in new[] { ("=", false, false), ("!", false, true), ("<=", true, false), ("<!", true, true) })
        {
            if (string.CompareOrdinal(_expression, _position, sign, 0, sign.Length) == 0)
            {
                _position += sign.Length;
                return CloseGroup(new RegexNode.Look(ParseChoice(), behind, negative));
            }
        }

        if (TryTake('<'))
        {
            int close = _expression.IndexOf('>', _position);
            _position = close >= 0 ? close + 1 : throw Error("a group's name without an end");
            return CloseGroup(ParseChoice());
        }

        return ParseOptions();
    }

    private RegexNode? ParseOptions()
    {
        RegexOptions options = _options;
        for (bool on = true; !AtEnd; _position++)
        {
            RegexOptions option = _expression[_position] switch
            {
                'i' => RegexOptions.IgnoreCase,
                'm' => RegexOptions.DotMatchesNewline,
                'x' => RegexOptions.IgnoreSpace,
                _ => RegexOptions.None,
            };
            if (option != RegexOptions.None)
            {
                options = on ? options | option : options & ~option;
            }
            else if (TryTake('-'))
            {
                on = false;
                _position--;
            }
            else if (TryTake(')'))
            {
                // From here to the end of the enclosing group, which restores what was before.
                _options = options;
                return null;
            }
            else if (TryTake(':'))
            {
                RegexOptions before = _options;
                _options = options;
                RegexNode body = ParseChoice();
                _options = before;
                return CloseGroup(body);
            }
            else
            {
                break;
            }
        }

        throw Error("an unknown kind of group");
    }

    private RegexNode CloseGroup(RegexNode body) => TryTake(')') ? body : throw Error("an opening parenthesis without a closing one");

    private RegexNode ParseRepeats(RegexNode atom)
    {
        while (RegexCounts.TryParse(_expression, ref _position, out int least, out int most, out bool isInterval))
        {
            RegexGreed greed = RegexGreed.Greedy;
            if (TryTake('?'))
            {
                greed = RegexGreed.Lazy;
            }
            else if (!isInterval && TryTake('+'))
            {
                // After {n,m} a plus repeats once more in this syntax.
                greed = RegexGreed.Possessive;
            }

            atom = new RegexNode.Repeat(atom, least, most, greed);
        }

        return atom;
    }

    private RegexNode.Set SetOf(Func<int, bool> rule) => new(new CodePointSet(
        _options.HasFlag(RegexOptions.IgnoreCase) ? codePoint => CaseFolding.GetVariants(codePoint).Any(rule) : rule));

    private bool TryTake(char wanted)
    {
        if (AtEnd || _expression[_position] != wanted)
        {
            return false;
        }

        _position++;
        return true;
    }

    private FormatException Error(string complaint) => new($"The regular expression '{_expression}' has {complaint} at {_position}.");
}
