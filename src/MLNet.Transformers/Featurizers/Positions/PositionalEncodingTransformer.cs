using System.Text.Json.Nodes;
using Microsoft.ML.Runtime;
using MLNet.Transformers;
using MLNet.Transformers.Models;
using MLNet.Transformers.Pipeline;

[assembly: LoadableClass(typeof(PositionalEncodingTransformer), null, typeof(SignatureLoadModel), "Positional encoder", PositionalEncodingTransformer.LoaderSignature)]

namespace MLNet.Transformers;

/// <summary>A positional encoder as an ML.NET stage.</summary>
public sealed class PositionalEncodingTransformer : BatchedTransformer
{
    internal const string LoaderSignature = "MLNetTransformersPlaces";

    private static readonly VersionInfo Version = ModelFile.Version("MLNTPOSI", LoaderSignature);

    private readonly string inputName;
    private readonly string outputName;
    private readonly int? length;
    private readonly PositionalEncoding encoding;

    internal PositionalEncodingTransformer(string inputName, string outputName, int? length, PositionalEncoding encoding)
        : base(new VectorMapScorer<float>(
            new InputColumn(inputName, ColumnShape.SingleVector) { MayVary = true },
            SequenceColumn.Output(outputName, length, encoding.Table.Size),
            vector => Apply(encoding, vector, inputName, length),
            typeof(PositionalEncodingTransformer)))
    {
        this.inputName = inputName;
        this.outputName = outputName;
        this.length = length;
        this.encoding = encoding;
    }

    private protected override void Save(ModelSaveContext context)
    {
        ModelFile.Begin(context, Version, new JsonObject
        {
            ["input_column"] = inputName,
            ["output_column"] = outputName,
            ["length"] = length,
            ["kind"] = $"{encoding.Kind}",
            ["layout"] = $"{encoding.Layout}",
            ["max_length"] = encoding.Table.Count,
            ["size"] = encoding.Table.Size,
        });
        if (encoding.Kind == PositionalEncodingKind.Learned)
            encoding.Table.Write(context);
    }

    private static PositionalEncodingTransformer Create(IHostEnvironment environment, ModelLoadContext context)
    {
        var description = ModelFile.Begin(context, Version);
        var (kind, layout) = (Enum.Parse<PositionalEncodingKind>((string)description["kind"]!), Enum.Parse<SinusoidalLayout>((string)description["layout"]!));
        var encoding = kind == PositionalEncodingKind.Learned
            ? new PositionalEncoding(kind, layout, VectorTable.Read(context))
            : PositionalEncoding.Computed(kind, layout, (int)description["max_length"]!, (int)description["size"]!);
        return new((string)description["input_column"]!, (string)description["output_column"]!, (int?)description["length"], encoding);
    }

    private static float[] Apply(PositionalEncoding encoding, VBuffer<float> vector, string column, int? length)
    {
        var (size, positions) = (encoding.Table.Size, vector.Length / encoding.Table.Size);
        if (vector.Length % size != 0)
            throw new ArgumentException($"A row has {vector.Length} numbers in '{column}', which do not divide into vectors of {size}.");
        if (length is not null && positions != length)
            throw new ArgumentException($"A row has {positions} positions in '{column}' instead of {length}.");
        if (positions > encoding.Table.Count)
            throw new ArgumentException($"A row has {positions} positions in '{column}'; the encoding has {encoding.Table.Count}.");
        if (vector.IsDense)
            return encoding.Apply(vector.GetValues());
        return encoding.Apply([.. vector.DenseValues()]);
    }
}
