using NormFunction = Microsoft.ML.Transforms.LpNormNormalizingEstimatorBase.NormFunction;

[assembly: LoadableClass(typeof(Microsoft.ML.Transforms.LpNormNormalizingTransformer), null, typeof(SignatureLoadModel),
    "Lp-Norm Normalizer", Microsoft.ML.Transforms.LpNormNormalizingTransformer.LoaderSignature)]

namespace Microsoft.ML.Transforms;

/// <summary>Scales each vector by its own norm.</summary>
public sealed class LpNormNormalizingTransformer : OneToOneTransformerBase
{
    internal const string LoaderSignature = "GcnTransform";
    private const float SmallestScale = 1e-8f;
    private readonly NormFunction _norm;
    private readonly bool _ensureZeroMean;

    internal LpNormNormalizingTransformer(
        IHostEnvironment env, NormFunction norm, bool ensureZeroMean, params (string Output, string Input)[] columns)
        : base(env.Register(nameof(LpNormNormalizingTransformer)), columns) => (_norm, _ensureZeroMean) = (norm, ensureZeroMean);

    private LpNormNormalizingTransformer(IHost host, ModelLoadContext ctx)
        : base(host, ctx)
    {
        _norm = (NormFunction)ctx.Reader.ReadByte();
        host.CheckDecode(Enum.IsDefined(_norm));
        _ensureZeroMean = ctx.Reader.ReadBoolean();
    }

    private static VersionInfo Version =>
        new("GCNORMAF", 0x00010001, 0x00010001, 0x00010001, typeof(LpNormNormalizingTransformer).Assembly.FullName, LoaderSignature);

    private protected override MappedColumn MapColumn(int pair, string output, DataViewSchema.Column input)
    {
        if (input.Type is not VectorDataViewType { IsKnownSize: true } vector || vector.ItemType != NumberDataViewType.Single)
        {
            throw Host.ExceptSchemaMismatch(
                "inputSchema", "input", input.Name, LpNormNormalizingEstimatorBase.ExpectedColumnType, input.Type.ToString());
        }

        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.Add(input.Annotations, name => name == AnnotationKinds.SlotNames);
        annotations.AddFlag(AnnotationKinds.IsNormalized);
        return MappedColumn.Create<VBuffer<float>>(output, input.Type, annotations.ToAnnotations(), [input], row =>
        {
            var getValue = row.GetGetter<VBuffer<float>>(input);
            VBuffer<float> source = default;
            return (ref VBuffer<float> destination) =>
            {
                getValue(ref source);
                Normalize(source, ref destination);
            };
        });
    }

    private protected override void SaveModel(ModelSaveContext ctx)
    {
        ctx.CheckAtModel();
        ctx.SetVersionInfo(Version);
        SaveColumns(ctx);
        ctx.Writer.Write((byte)_norm);
        ctx.Writer.Write(_ensureZeroMean);
    }

    private static LpNormNormalizingTransformer Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        ctx.CheckAtModel(Version);
        return new(env.Register(nameof(LpNormNormalizingTransformer)), ctx);
    }

    private void Normalize(in VBuffer<float> source, ref VBuffer<float> destination)
    {
        var offset = _ensureZeroMean ? Mean(source) : 0;
        var norm = Norm(source, offset);
        var scale = norm > 0 ? 1 / norm : 1;
        // A vector of such length is left as it is.
        if (scale < SmallestScale)
            scale = 1;
        if (offset == 0 || source.GetValues().IsEmpty)
            source.CopyTo(ref destination);
        else
            source.CopyToDense(ref destination);
        var editor = VBufferEditor.CreateFromBuffer(ref destination);
        foreach (ref var value in editor.Values)
            value = (value - offset) * scale;
        destination = editor.Commit();
    }

    /// <summary>The norm over the values that a sparse vector spells out; the deviation counts its zeros too, as ML.NET has it.</summary>
    private float Norm(in VBuffer<float> vector, float offset) => _norm switch
    {
        NormFunction.L1 => (float)Sum(vector, value => Math.Abs(value - offset)),
        NormFunction.L2 => MathF.Sqrt((float)Sum(vector, value => (value - offset) * (value - offset))),
        NormFunction.Infinity => LargestDistance(vector.GetValues(), offset),
        _ => Deviation(vector),
    };

    private static float LargestDistance(ReadOnlySpan<float> values, float offset)
    {
        float largest = 0;
        foreach (var value in values)
            if (Math.Abs(value - offset) is var distance && distance > largest)
                largest = distance;
        return largest;
    }

    private static float Deviation(in VBuffer<float> vector)
    {
        if (vector.GetValues().IsEmpty)
            return 0;
        double mean = Mean(vector);
        var squares = (vector.Length - vector.GetValues().Length) * mean * mean + Sum(vector, value => (value - mean) * (value - mean));
        return MathF.Sqrt((float)(squares / vector.Length));
    }

    private static float Mean(in VBuffer<float> vector) => vector.Length == 0 ? 0 : (float)(Sum(vector, value => value) / vector.Length);

    private static double Sum(in VBuffer<float> vector, Func<double, double> term)
    {
        double sum = 0;
        foreach (var value in vector.GetValues())
            sum += term(value);
        return sum;
    }
}
