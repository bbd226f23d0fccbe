namespace MLNet.Transformers.Tokenizers;

/// <summary>What all post-processors come down to: where special tokens stand, which type ids there are, and whether offsets leave spaces out.</summary>
/// <param name="Single">The steps around one text.</param>
/// <param name="Pair">The steps around two texts.</param>
/// <param name="Trimming">How offsets leave spaces out; <see langword="null"/> leaves them in.</param>
internal sealed record AssemblyPlan(AssemblyStep[] Single, AssemblyStep[] Pair, OffsetTrimming? Trimming = null)
{
    /// <summary>No special tokens, and type ids that tell first and second text apart.</summary>
    public static readonly AssemblyPlan Plain = new([AssemblyStep.Text(0, 0)], [AssemblyStep.Text(0, 0), AssemblyStep.Text(1, 1)]);

    public AssemblyStep[] GetSteps(bool isPair, bool addSpecialTokens)
    {
        AssemblyStep[] steps = isPair ? Pair : Single;
        return addSpecialTokens ? steps : Array.FindAll(steps, step => step.IsText);
    }
}

/// <summary>A text's tokens, or special tokens.</summary>
/// <param name="Sequence">0 for the first text, 1 for the second, -1 for special tokens.</param>
/// <param name="TypeId">The type id of all of them.</param>
/// <param name="Specials">The special tokens.</param>
internal sealed record AssemblyStep(int Sequence, int TypeId, (string Token, int Id)[] Specials)
{
    public bool IsText => Sequence >= 0;

    public static AssemblyStep Text(int sequence, int typeId) => new(sequence, typeId, []);

    public static AssemblyStep Special((string Token, int Id) token, int typeId) => new(-1, typeId, [token]);
}

/// <summary>How the offsets of byte-level tokens leave spaces out.</summary>
/// <param name="AddsPrefixSpace">Whether a space that begins the text was put there by the pre-tokenizer.</param>
internal sealed record OffsetTrimming(bool AddsPrefixSpace);
