using System.Text.Json.Nodes;
using Microsoft.ML.Runtime;
using MLNet.Transformers;
using MLNet.Transformers.Pipeline;
using MLNet.Transformers.Tokenizers;

[assembly: LoadableClass(typeof(TransformerTokenizingTransformer), null, typeof(SignatureLoadModel), "Tokenizer", TransformerTokenizingTransformer.LoaderSignature)]

namespace MLNet.Transformers;

/// <summary>A tokenizer as an ML.NET stage.</summary>
public sealed class TransformerTokenizingTransformer : BatchedTransformer
{
    internal const string LoaderSignature = "MLNetTransformersTokens";

    private static readonly VersionInfo Version = ModelFile.Version("MLNTTOKS", LoaderSignature);

    private readonly TokenizingOptions options;

    internal TransformerTokenizingTransformer(TokenizingOptions options, TransformerTokenizer tokenizer)
        : base(new TokenizingScorer(options, tokenizer))
    {
        this.options = options;
        Tokenizer = tokenizer;
    }

    /// <summary>The tokenizer, with the stage's truncation and padding.</summary>
    public TransformerTokenizer Tokenizer { get; }

    private protected override void Save(ModelSaveContext context)
    {
        ModelFile.Begin(context, Version, new JsonObject
        {
            ["text_column"] = options.TextColumnName,
            ["text_pair_column"] = options.TextPairColumnName,
            ["token_ids_column"] = options.TokenIdsColumnName,
            ["type_ids_column"] = options.TypeIdsColumnName,
            ["attention_mask_column"] = options.AttentionMaskColumnName,
            ["max_length"] = options.MaxLength,
            ["pad_to_max_length"] = options.PadToMaxLength,
        });
        TokenizerEntry.Write(context, Tokenizer);
    }

    private static TransformerTokenizingTransformer Create(IHostEnvironment environment, ModelLoadContext context)
    {
        var description = ModelFile.Begin(context, Version);
        var options = new TokenizingOptions
        {
            TextColumnName = (string)description["text_column"]!,
            TextPairColumnName = (string?)description["text_pair_column"],
            TokenIdsColumnName = (string)description["token_ids_column"]!,
            TypeIdsColumnName = (string)description["type_ids_column"]!,
            AttentionMaskColumnName = (string)description["attention_mask_column"]!,
            MaxLength = (int?)description["max_length"],
            PadToMaxLength = (bool)description["pad_to_max_length"]!,
        };
        return new(options, TokenizerEntry.Read(context));
    }
}
