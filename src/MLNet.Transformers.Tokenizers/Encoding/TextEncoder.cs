using System.Text;

namespace MLNet.Transformers.Tokenizers;

/// <summary>Takes a text through added tokens, normalizer and pre-tokenizer to words.</summary>
internal sealed class TextEncoder
{
    // Buffers that a long text made greater than this are not kept.
    private const int MostKeptCharacters = 1 << 20;

    [ThreadStatic]
    private static Scratch? t_scratch;

    private readonly AddedVocabulary _addedTokens;
    private readonly TextNormalizer? _normalizer;
    private readonly TextPreTokenizer? _preTokenizer;
    private readonly bool _alwaysAligns;

    public TextEncoder(TokenizerPipeline pipeline, AddedVocabulary addedTokens)
    {
        _addedTokens = addedTokens;
        (_normalizer, _preTokenizer) = (pipeline.Normalizer, pipeline.PreTokenizer);
        _alwaysAligns = _normalizer is not null && _preTokenizer is SequencePreTokenizer sequence
            && sequence.PreTokenizers.Any(part => part is MetaspacePreTokenizer { Scheme: PrependScheme.First });
    }

    /// <summary>Tells the collector the added tokens and the words of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="collector">What is told.</param>
    /// <param name="normalizes">Whether the normalizer takes part.</param>
    /// <param name="preTokenizes">Whether the pre-tokenizer takes part.</param>
    /// <param name="normalized">Where given, takes the normalized text, and is what positions refer to.</param>
    public void Encode(ReadOnlySpan<char> text, ITokenCollector collector, bool normalizes = true, bool preTokenizes = true, StringBuilder? normalized = null)
    {
        Scratch scratch = t_scratch ?? new Scratch();
        t_scratch = null;
        var pass = new Pass(this, scratch, collector, normalizes ? _normalizer : null, preTokenizes ? _preTokenizer : null, normalized);
        pass.Run(text);
        if (text.Length <= MostKeptCharacters)
        {
            t_scratch = scratch;
        }
    }

    private sealed class Scratch
    {
        public PreTokenizedText Text { get; } = new();

        public PreTokenizedText Part { get; } = new();
    }

    private readonly ref struct Pass(
        TextEncoder encoder,
        Scratch scratch,
        ITokenCollector collector,
        TextNormalizer? normalizer,
        TextPreTokenizer? preTokenizer,
        StringBuilder? normalized)
    {
        private readonly bool _aligns = collector.NeedsAlignment || encoder._alwaysAligns;

        public void Run(ReadOnlySpan<char> text)
        {
            int done = 0;
            if (encoder._addedTokens.InOriginal is { } matcher)
            {
                while (matcher.TryFind(text, done, out AddedTokenMatch match))
                {
                    RunSegment(text[done..match.Start], done);
                    AddOriginalToken(text, match);
                    done = match.End;
                }
            }

            RunSegment(text[done..], done);
        }

        private void AddOriginalToken(ReadOnlySpan<char> text, AddedTokenMatch match)
        {
            AlignedText token = scratch.Text.Text;
            token.Reset(text[match.Start..match.End], match.Start, _aligns);
            Rebase(token);
            collector.AddToken(match.Token.Id!.Value, token, 0, token.Length);
        }

        private void RunSegment(ReadOnlySpan<char> segment, int start)
        {
            if (segment.IsEmpty)
            {
                return;
            }

            AlignedText text = scratch.Text.Text;
            text.Reset(segment, start, _aligns);
            normalizer?.Normalize(text);
            Rebase(text);
            int done = 0;
            if (encoder._addedTokens.InNormalized is { } matcher)
            {
                while (matcher.TryFind(text.Chars, done, out AddedTokenMatch match))
                {
                    RunPart(text, done, match.Start);
                    collector.AddToken(match.Token.Id!.Value, text, match.Start, match.End);
                    done = match.End;
                }
            }

            if (done == 0)
            {
                AddWords(scratch.Text);
            }
            else
            {
                RunPart(text, done, text.Length);
            }
        }

        private void RunPart(AlignedText text, int start, int end)
        {
            scratch.Part.Text.ResetTo(text, start, end);
            AddWords(scratch.Part);
        }

        private void AddWords(PreTokenizedText words)
        {
            if (words.Text.Length == 0)
            {
                return;
            }

            words.ResetPieces();
            preTokenizer?.PreTokenizeBeforeBytes(words);
            collector.AddWords(words);
        }

        private void Rebase(AlignedText text)
        {
            if (normalized is not null)
            {
                text.Rebase(normalized.Length);
                normalized.Append(text.Chars);
            }
        }
    }
}
