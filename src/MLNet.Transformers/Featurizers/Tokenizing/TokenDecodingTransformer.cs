using System.Text.Json.Nodes;
using Microsoft.ML.Runtime;
using MLNet.Transformers;
using MLNet.Transformers.Pipeline;
using MLNet.Transformers.Tokenizers;

[assembly: LoadableClass(typeof(TokenDecodingTransformer), null, typeof(SignatureLoadModel), "Token decoder", TokenDecodingTransformer.LoaderSignature)]

namespace MLNet.Transformers;

/// <summary>A tokenizer's decoder as an ML.NET stage.</summary>
public sealed class TokenDecodingTransformer : BatchedTransformer
{
    internal const string LoaderSignature = "MLNetTransformersDecode";

    private static readonly VersionInfo Version = ModelFile.Version("MLNTDECO", LoaderSignature);

    private readonly TokenDecodingColumns columns;
    private readonly TransformerTokenizer tokenizer;

    internal TokenDecodingTransformer(TokenDecodingColumns columns, TransformerTokenizer tokenizer)
        : base(new TokenDecodingScorer(columns, tokenizer))
    {
        this.columns = columns;
        this.tokenizer = tokenizer;
    }

    private protected override void Save(ModelSaveContext context)
    {
        ModelFile.Begin(context, Version, new JsonObject
        {
            ["output_column"] = columns.OutputName,
            ["input_column"] = columns.InputName,
            ["skip_special_tokens"] = columns.SkipSpecialTokens,
        });
        TokenizerEntry.Write(context, tokenizer);
    }

    private static TokenDecodingTransformer Create(IHostEnvironment environment, ModelLoadContext context)
    {
        var description = ModelFile.Begin(context, Version);
        var columns = new TokenDecodingColumns(
            (string)description["output_column"]!, (string)description["input_column"]!, (bool)description["skip_special_tokens"]!);
        return new(columns, TokenizerEntry.Read(context));
    }
}
