using MLNet.Transformers.Models;
using MLNet.Transformers.Pipeline;
using MLNet.Transformers.Tasks;

namespace MLNet.Transformers;

/// <summary>Extracts attention from images, a batch at a time.</summary>
internal sealed class ImageAttentionScorer(
    ImageAttentionColumns columns, SharedModel<ImageTaskModel>.Lease model, ImageProcessor processor, int batchSize)
    : RowScorer<Func<PixelImage>, float[]>
{
    public override IReadOnlyList<InputColumn> Inputs { get; } = [columns.Image.Input];

    public override IReadOnlyList<OutputColumn> Outputs { get; } = [columns.OutputOf(model.Model with { Processor = processor })];

    /// <summary>Images, since each counts as one.</summary>
    public override int BatchTokens { get; } = Math.Min(batchSize, columns.BatchSize(model.Model with { Processor = processor }));

    public override int Window { get; } = columns.Window(model.Model with { Processor = processor });

    public override Func<Func<PixelImage>> CreateReader(DataViewRow row) => columns.Image.Reader(row);

    public override int LengthOf(Func<PixelImage> row) => 1;

    public override ScoringSession<Func<PixelImage>, float[]> Open() => new ImageAttentionSession(columns, model.Share(), processor);

    public override Delegate CreateGetter(OutputColumn column, Func<float[]> current) => VectorGetter.Of<float>(current);

    public override void ThrowIfDisposed() => _ = model.Model;

    public override void Dispose() => model.Dispose();
}
