using System.Text.Json.Nodes;
using Microsoft.ML.Runtime;
using MLNet.Transformers;
using MLNet.Transformers.Pipeline;

[assembly: LoadableClass(typeof(TokenEmbeddingTransformer), null, typeof(SignatureLoadModel), "Token embedding", TokenEmbeddingTransformer.LoaderSignature)]

namespace MLNet.Transformers;

/// <summary>A table of token vectors as an ML.NET stage.</summary>
public sealed class TokenEmbeddingTransformer : BatchedTransformer
{
    internal const string LoaderSignature = "MLNetTransformersEmbed";

    private static readonly VersionInfo Version = ModelFile.Version("MLNTEMBE", LoaderSignature);

    private readonly string inputName;
    private readonly string outputName;
    private readonly int? length;
    private readonly VectorTable table;

    internal TokenEmbeddingTransformer(string inputName, string outputName, int? length, VectorTable table)
        : base(new VectorMapScorer<long>(
            Input(inputName), SequenceColumn.Output(outputName, length, table.Size), ids => LookUp(table, ids, inputName, length), typeof(TokenEmbeddingTransformer)))
    {
        this.inputName = inputName;
        this.outputName = outputName;
        this.length = length;
        this.table = table;
    }

    internal static InputColumn Input(string name) => new(name, ColumnShape.Int64Vector) { MayVary = true };

    private protected override void Save(ModelSaveContext context)
    {
        ModelFile.Begin(context, Version, new JsonObject { ["input_column"] = inputName, ["output_column"] = outputName, ["length"] = length });
        table.Write(context);
    }

    private static TokenEmbeddingTransformer Create(IHostEnvironment environment, ModelLoadContext context)
    {
        var description = ModelFile.Begin(context, Version);
        return new((string)description["input_column"]!, (string)description["output_column"]!, (int?)description["length"], VectorTable.Read(context));
    }

    private static float[] LookUp(VectorTable table, VBuffer<long> ids, string column, int? length)
    {
        if (length is not null && ids.Length != length)
            throw new ArgumentException($"A row has {ids.Length} ids in '{column}' instead of {length}.");
        var vectors = new float[ids.Length * table.Size];
        foreach (var (position, id) in ids.Items(all: true))
        {
            if (id < 0 || id >= table.Count)
                throw new ArgumentException($"A row has the id {id} in '{column}'; the table has {table.Count} vectors.");
            table[(int)id].CopyTo(vectors.AsSpan(position * table.Size));
        }
        return vectors;
    }
}
