using MLNet.Transformers.Models;
using MLNet.Transformers.Pipeline;
using MLNet.Transformers.Tokenizers;

namespace MLNet.Transformers.Tasks;

/// <summary>What a model writes after a text.</summary>
/// <param name="text">The column of what is gone on with.</param>
/// <param name="settings">How texts are generated, and where they go.</param>
internal abstract class TextContinuation(InputColumn text, GenerationSettings settings) : TextGeneration<TokenWindow>(text, settings)
{
    protected sealed override bool HasSource => false;

    protected sealed override StreamingDecoder CreateDecoder(TextTaskModel model, TokenSequence row)
    {
        // What goes on after a text begins with its white space, if with any.
        var decoder = base.CreateDecoder(model, row);
        foreach (var id in row.Ids)
            decoder.Add(id);
        return decoder;
    }

    /// <summary>The tokenizer for prompts: of those that leave no room for new tokens the beginning is cut off.</summary>
    protected TransformerTokenizer PromptTokenizer(TextTaskModel model)
    {
        var longest = model.Network.Config.MaxLength;
        var room = Settings.Config.MaxNewTokens is { } count
            ? longest - Math.Min(count, longest / 2)
            : Math.Min(longest, Settings.Config.MaxLength ?? longest) - 1;
        return model.Tokenizer.WithTruncation(new Truncation(room) { Side = TextSide.Left });
    }

    /// <summary>A prompt's tokens; where it has none, the one that begins a text, or else the one that ends the text before.</summary>
    /// <exception cref="InvalidOperationException">There is neither.</exception>
    protected static TokenSequence Prompt(TextTaskModel model, IReadOnlyList<int> ids)
    {
        var (config, tokenizer) = (model.Network.Config, model.Tokenizer);
        // Where a tokenizer ends texts, this one does not end yet.
        int[] open = ids is [.., var last] && ids.Count > 1 && Ends(model).Contains(last) ? [.. ids.SkipLast(1)] : [.. ids];
        return new TokenSequence(open.Length > 0 ? open :
        [
            config.BosId ?? tokenizer.BeginningOfSentenceTokenId ?? Ends(model).Cast<int?>().FirstOrDefault()
                ?? throw new InvalidOperationException("The tokenizer has no token that begins or ends a text, for a text that is empty."),
        ]);
    }

    /// <summary>The tokens that end a text.</summary>
    protected static IReadOnlyList<int> Ends(TextTaskModel model) =>
        model.Network.Config.EosIds ?? (model.Tokenizer.EndOfSentenceTokenId is { } end ? [end] : []);

    /// <summary>The text of new tokens as it goes on from the prompt's, white space included.</summary>
    protected static string Continuation(TextTaskModel model, TokenSequence prompt, int[] ids)
    {
        var before = model.Tokenizer.Decode(prompt.Ids, skipSpecialTokens: true);
        var whole = model.Tokenizer.Decode([.. prompt.Ids, .. ids], skipSpecialTokens: true);
        return whole.StartsWith(before, StringComparison.Ordinal) ? whole[before.Length..] : model.Tokenizer.Decode(ids, skipSpecialTokens: true);
    }

    /// <summary>The most tokens that the model reads at once in training.</summary>
    protected static int MaxLength(TextTaskModel model) => model.Tokenizer.Pipeline.Truncation?.MaxLength ?? model.Network.Config.MaxLength;

    /// <summary>Whole texts as what is learnt from; what makes windows of a fixed length of them is called once all are read.</summary>
    protected static List<TokenWindow> Pack(IEnumerable<TokenWindow> texts, DocumentPacking packing) =>
        [.. packing.Pack([.. texts.Select(text => new TokenDocument(text.Ids.ToArray(), text.LossMask, text.Bytes))])];
}
