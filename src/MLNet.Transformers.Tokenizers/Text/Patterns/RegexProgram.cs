namespace MLNet.Transformers.Tokenizers;

/// <summary>A regular expression as a list of instructions, which <see cref="RegexMatcher"/> runs.</summary>
internal sealed class RegexProgram
{
    private const int MostInstructions = 200_000;

    private readonly List<RegexInstruction> _instructions = [];

    private RegexProgram()
    {
    }

    public IReadOnlyList<RegexInstruction> Instructions => _instructions;

    /// <summary>The places that empty repetitions keep.</summary>
    public int Registers { get; private set; }

    /// <exception cref="FormatException">The expression is malformed, or asks for something that is not supported.</exception>
    public static RegexProgram Compile(string expression) => Compile(RegexParser.Parse(expression));

    private static RegexProgram Compile(RegexNode node)
    {
        var program = new RegexProgram();
        program.Emit(node);
        program.Add(new RegexInstruction(RegexOperation.Succeed));
        return program;
    }

    private void Emit(RegexNode node)
    {
        switch (node)
        {
            case RegexNode.Set set:
                Add(new RegexInstruction(RegexOperation.Set) { Set = set.Characters });
                break;
            case RegexNode.Sequence sequence:
                foreach (RegexNode part in sequence.Parts)
                {
                    Emit(part);
                }

                break;
            case RegexNode.Choice choice:
                EmitChoice(choice);
                break;
            case RegexNode.Repeat repeat:
                EmitRepeat(repeat);
                break;
            case RegexNode.Atomic atomic:
                Add(new RegexInstruction(RegexOperation.Atomic) { Inner = Compile(atomic.Body) });
                break;
            case RegexNode.Look look:
                EmitLook(look);
                break;
            case RegexNode.Place place:
                Add(new RegexInstruction(RegexOperation.Place, (int)place.Kind));
                break;
        }
    }

    private void EmitChoice(RegexNode.Choice choice)
    {
        var exits = new List<int>();
        foreach (RegexNode option in choice.Options.SkipLast(1))
        {
            int split = Add(new RegexInstruction(RegexOperation.Split));
            Emit(option);
            exits.Add(Add(new RegexInstruction(RegexOperation.Jump)));
            _instructions[split] = new RegexInstruction(RegexOperation.Split, split + 1, _instructions.Count);
        }

        Emit(choice.Options[^1]);
        foreach (int exit in exits)
        {
            _instructions[exit] = new RegexInstruction(RegexOperation.Jump, _instructions.Count);
        }
    }

    private void EmitRepeat(RegexNode.Repeat repeat)
    {
        if (repeat.Body is RegexNode.Set set)
        {
            Add(new RegexInstruction(RegexOperation.Loop, repeat.Least, repeat.Most) { Set = set.Characters, Greed = repeat.Greed });
            return;
        }

        if (repeat.Greed == RegexGreed.Possessive)
        {
            Emit(new RegexNode.Atomic(repeat with { Greed = RegexGreed.Greedy }));
            return;
        }

        for (int i = 0; i < repeat.Least; i++)
        {
            Emit(repeat.Body);
        }

        if (repeat.Most == int.MaxValue)
        {
            EmitEndless(repeat);
            return;
        }

        var splits = new List<int>();
        for (int i = repeat.Least; i < repeat.Most; i++)
        {
            splits.Add(Add(new RegexInstruction(RegexOperation.Split)));
            Emit(repeat.Body);
        }

        foreach (int split in splits)
        {
            SetSplit(split, _instructions.Count, repeat.Greed);
        }
    }

    private void EmitEndless(RegexNode.Repeat repeat)
    {
        int split = Add(new RegexInstruction(RegexOperation.Split));
        int register = repeat.Body.LeastLength == 0 ? Registers++ : -1;
        if (register >= 0)
        {
            Add(new RegexInstruction(RegexOperation.Mark, register));
        }

        Emit(repeat.Body);
        if (register >= 0)
        {
            // What took nothing is not repeated for ever.
            Add(new RegexInstruction(RegexOperation.LeaveIfEmpty, register, _instructions.Count + 2));
        }

        Add(new RegexInstruction(RegexOperation.Jump, split));
        SetSplit(split, _instructions.Count, repeat.Greed);
    }

    private void EmitLook(RegexNode.Look look)
    {
        if (look.Behind && look.Body.MostLength == int.MaxValue)
        {
            throw new FormatException("The regular expression looks behind without a limit, which is not supported.");
        }

        Add(new RegexInstruction(
            look.Behind ? RegexOperation.LookBehind : RegexOperation.LookAhead,
            look.Body.LeastLength,
            look.Body.MostLength) { Inner = Compile(look.Body), Negative = look.Negative });
    }

    private void SetSplit(int split, int exit, RegexGreed greed) => _instructions[split] = greed == RegexGreed.Lazy
        ? new RegexInstruction(RegexOperation.Split, exit, split + 1)
        : new RegexInstruction(RegexOperation.Split, split + 1, exit);

    private int Add(RegexInstruction instruction)
    {
        if (_instructions.Count == MostInstructions)
        {
            throw new FormatException("The regular expression repeats too much.");
        }

        _instructions.Add(instruction);
        return _instructions.Count - 1;
    }
}
