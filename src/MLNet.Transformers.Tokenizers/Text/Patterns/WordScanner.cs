namespace MLNet.Transformers.Tokenizers;

/// <summary>Does by hand what a well-known regular expression does, only faster.</summary>
internal abstract class WordScanner
{
    /// <summary>The scanner of an expression, if it is one of the well-known ones.</summary>
    public static WordScanner? Find(string expression) => null;

    /// <summary>The end of the match that begins at <paramref name="start"/>, or -1.</summary>
    public abstract int Match(ReadOnlySpan<char> text, int start);
}
