namespace MLNet.Transformers.Tokenizers;

/// <summary>A part of a <see cref="TemplatePostProcessor"/>: a text's tokens, or special tokens.</summary>
/// <param name="TypeId">The type id of the tokens.</param>
public abstract record TemplateItem(int TypeId)
{
    /// <summary>The tokens of the first text.</summary>
    public sealed record First(int TypeId = 0) : TemplateItem(TypeId);

    /// <summary>The tokens of the second text.</summary>
    public sealed record Second(int TypeId = 1) : TemplateItem(TypeId);

    /// <summary>The special tokens that the template knows by a name.</summary>
    public sealed record Special(string Name, int TypeId = 0) : TemplateItem(TypeId);
}
