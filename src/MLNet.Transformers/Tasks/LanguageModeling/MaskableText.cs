using MLNet.Transformers.Models;
using MLNet.Transformers.Tokenizers;

namespace MLNet.Transformers.Tasks;

/// <summary>Encodes texts whose words can be hidden.</summary>
internal sealed class MaskableText(TextTaskModel model)
{
    private readonly HashSet<int> special = model.SpecialIds();

    /// <summary>A whole text, in as many sequences as it takes.</summary>
    public IReadOnlyList<MaskableSequence> Windows(string text)
    {
        var encoded = model.Tokenizer.Encode(text);
        return [.. encoded.Overflowing.Prepend(encoded).Select(Of).Where(HasWords)];
    }

    /// <summary>Two texts in one sequence; what is too long is cut off. Null where nothing is left that can be hidden.</summary>
    public MaskableSequence? Pair(TextHalves halves)
    {
        var sequence = Of(model.Tokenizer.Encode(halves.First, halves.Second));
        return HasWords(sequence) ? sequence : null;
    }

    private MaskableSequence Of(EncodedText encoded)
    {
        var words = new int[encoded.Length];
        // A new number wherever the word changes, since each of two texts counts its words from 0.
        for (int i = 0, word = 0; i < words.Length; i++)
        {
            if (i > 0 && (encoded.WordIds[i] != encoded.WordIds[i - 1] || encoded.SequenceIds[i] != encoded.SequenceIds[i - 1]))
                word++;
            words[i] = encoded.SpecialTokensMask[i] == 1 || special.Contains(encoded.Ids[i]) ? -1 : word;
        }
        return new MaskableSequence(TextTaskModel.ToSequence(encoded), words);
    }

    private static bool HasWords(MaskableSequence sequence) => sequence.Words.Any(word => word >= 0);
}
