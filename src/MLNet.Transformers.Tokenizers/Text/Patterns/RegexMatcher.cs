namespace MLNet.Transformers.Tokenizers;

/// <summary>Runs regular expressions with a stack of its own, so that no text is too long for it.</summary>
internal sealed class RegexMatcher
{
    // What is on the stack: where to go on, from where in the text, and a number whose meaning the kind tells.
    private Entry[] _stack = new Entry[64];
    private int _top;

    private enum EntryKind
    {
        Alternative,
        GreedyLoop,
        LazyLoop,
        Register,
    }

    /// <summary>The end of the match that begins at <paramref name="start"/>, or -1.</summary>
    public int Match(RegexProgram program, ReadOnlySpan<char> text, int start)
    {
        int bottom = _top;
        int end = Run(program, text, start, requiredEnd: -1, bottom);
        _top = bottom;
        return end;
    }

    private int Run(RegexProgram program, ReadOnlySpan<char> text, int position, int requiredEnd, int bottom)
    {
        Span<int> registers = stackalloc int[program.Registers];
        registers.Fill(-1);
        int pointer = 0;
        while (true)
        {
            RegexInstruction instruction = program.Instructions[pointer];
            bool goesOn = true;
            switch (instruction.Operation)
            {
                case RegexOperation.Set:
                    int length = instruction.Set!.Match(text, position);
                    position += length;
                    pointer++;
                    goesOn = length > 0;
                    break;
                case RegexOperation.Loop:
                    goesOn = StartLoop(instruction, text, ref position, pointer);
                    pointer++;
                    break;
                case RegexOperation.Split:
                    Push(new Entry(EntryKind.Alternative, instruction.Y, position, 0));
                    pointer = instruction.X;
                    break;
                case RegexOperation.Jump:
                    pointer = instruction.X;
                    break;
                case RegexOperation.Mark:
                    Push(new Entry(EntryKind.Register, instruction.X, registers[instruction.X], 0));
                    registers[instruction.X] = position;
                    pointer++;
                    break;
                case RegexOperation.LeaveIfEmpty:
                    pointer = registers[instruction.X] == position ? instruction.Y : pointer + 1;
                    break;
                case RegexOperation.Place:
                    goesOn = IsAt((RegexPlace)instruction.X, text, position);
                    pointer++;
                    break;
                case RegexOperation.Atomic:
                    position = Match(instruction.Inner!, text, position);
                    pointer++;
                    goesOn = position >= 0;
                    break;
                case RegexOperation.LookAhead:
                    goesOn = Match(instruction.Inner!, text, position) >= 0 != instruction.Negative;
                    pointer++;
                    break;
                case RegexOperation.LookBehind:
                    goesOn = MatchesBehind(instruction, text, position) != instruction.Negative;
                    pointer++;
                    break;
                default:
                    if (requiredEnd < 0 || position == requiredEnd)
                    {
                        return position;
                    }

                    goesOn = false;
                    break;
            }

            if (!goesOn && !TryBacktrack(program, text, registers, bottom, ref pointer, ref position))
            {
                return -1;
            }
        }
    }

    private bool StartLoop(RegexInstruction loop, ReadOnlySpan<char> text, ref int position, int pointer)
    {
        int count = 0, end = position, leastEnd = loop.X == 0 ? position : -1;
        int most = loop.Greed == RegexGreed.Lazy ? loop.X : loop.Y;
        while (count < most && loop.Set!.Match(text, end) is var length and > 0)
        {
            end += length;
            if (++count == loop.X)
            {
                leastEnd = end;
            }
        }

        if (count < loop.X)
        {
            return false;
        }

        if (loop.Greed == RegexGreed.Greedy && end > leastEnd)
        {
            Push(new Entry(EntryKind.GreedyLoop, pointer + 1, end, leastEnd));
        }
        else if (loop.Greed == RegexGreed.Lazy && count < loop.Y)
        {
            Push(new Entry(EntryKind.LazyLoop, pointer, end, count));
        }

        position = end;
        return true;
    }

    private bool TryBacktrack(RegexProgram program, ReadOnlySpan<char> text, Span<int> registers, int bottom, ref int pointer, ref int position)
    {
        while (_top > bottom)
        {
            Entry entry = _stack[--_top];
            switch (entry.Kind)
            {
                case EntryKind.Register:
                    registers[entry.Pointer] = entry.Position;
                    continue;
                case EntryKind.GreedyLoop:
                    Characters.GetCodePointBefore(text, entry.Position, out int length);
                    (pointer, position) = (entry.Pointer, entry.Position - length);
                    if (position > entry.Number)
                    {
                        Push(entry with { Position = position });
                    }

                    return true;
                case EntryKind.LazyLoop:
                    RegexInstruction loop = program.Instructions[entry.Pointer];
                    int taken = loop.Set!.Match(text, entry.Position);
                    if (taken == 0)
                    {
                        continue;
                    }

                    (pointer, position) = (entry.Pointer + 1, entry.Position + taken);
                    if (entry.Number + 1 < loop.Y)
                    {
                        Push(entry with { Position = position, Number = entry.Number + 1 });
                    }

                    return true;
                default:
                    (pointer, position) = (entry.Pointer, entry.Position);
                    return true;
            }
        }

        return false;
    }

    private bool MatchesBehind(RegexInstruction look, ReadOnlySpan<char> text, int position)
    {
        int start = position;
        for (int count = 0; count <= look.Y; count++)
        {
            if (count >= look.X)
            {
                int bottom = _top;
                int end = Run(look.Inner!, text, start, position, bottom);
                _top = bottom;
                if (end >= 0)
                {
                    return true;
                }
            }

            if (start == 0)
            {
                break;
            }

            Characters.GetCodePointBefore(text, start, out int length);
            start -= length;
        }

        return false;
    }

    private static bool IsAt(RegexPlace place, ReadOnlySpan<char> text, int position) => place switch
    {
        RegexPlace.LineStart => position == 0 || (text[position - 1] == '\n' && position < text.Length),
        RegexPlace.LineEnd => position == text.Length || text[position] == '\n',
        RegexPlace.TextStart => position == 0,
        RegexPlace.TextEnd => position == text.Length,
        RegexPlace.TextEndOrLastLineEnd => position == text.Length || (position == text.Length - 1 && text[position] == '\n'),
        RegexPlace.WordBoundary => IsWordBefore(text, position) != IsWordAt(text, position),
        _ => IsWordBefore(text, position) == IsWordAt(text, position),
    };

    private static bool IsWordAt(ReadOnlySpan<char> text, int position) =>
        position < text.Length && CharacterClasses.IsLooseWord(Characters.GetCodePoint(text, position, out _));

    private static bool IsWordBefore(ReadOnlySpan<char> text, int position) =>
        position > 0 && CharacterClasses.IsLooseWord(Characters.GetCodePointBefore(text, position, out _));

    private void Push(Entry entry)
    {
        if (_top == _stack.Length)
        {
            Array.Resize(ref _stack, _top * 2);
        }

        _stack[_top++] = entry;
    }

    private readonly record struct Entry(EntryKind Kind, int Pointer, int Position, int Number);
}
