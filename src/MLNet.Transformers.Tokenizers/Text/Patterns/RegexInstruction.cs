namespace MLNet.Transformers.Tokenizers;

/// <summary>A step of a <see cref="RegexProgram"/>.</summary>
/// <param name="Operation">What is done.</param>
/// <param name="X">The first number: a target, a least count, a register or a place.</param>
/// <param name="Y">The second number: a target or a most count.</param>
internal sealed record RegexInstruction(RegexOperation Operation, int X = 0, int Y = 0)
{
    public CodePointSet? Set { get; init; }

    public RegexProgram? Inner { get; init; }

    public RegexGreed Greed { get; init; }

    public bool Negative { get; init; }
}

/// <summary>What a <see cref="RegexInstruction"/> does.</summary>
internal enum RegexOperation
{
    /// <summary>Takes one character of a set.</summary>
    Set,

    /// <summary>Takes X to Y characters of a set.</summary>
    Loop,

    /// <summary>Goes on at X, and at Y if that fails.</summary>
    Split,

    /// <summary>Goes on at X.</summary>
    Jump,

    /// <summary>Remembers the place in register X.</summary>
    Mark,

    /// <summary>Goes on at Y if the place is still that of register X.</summary>
    LeaveIfEmpty,

    /// <summary>Asks for a <see cref="RegexPlace"/>.</summary>
    Place,

    /// <summary>Takes what the inner program takes.</summary>
    Atomic,

    /// <summary>Asks that the inner program matches from here on.</summary>
    LookAhead,

    /// <summary>Asks that the inner program, X to Y characters long, matches up to here.</summary>
    LookBehind,

    /// <summary>Ends the match.</summary>
    Succeed,
}
