namespace MLNet.Transformers.Tokenizers;

/// <summary>Passes progress on about a hundred times a stage, and stops the work when cancellation was asked for.</summary>
internal sealed class TrainingRun(IProgress<TokenizerTrainingProgress>? progress, CancellationToken cancellationToken)
{
    private const int UnknownTotalStep = 1_000;

    private TokenizerTrainingStage _stage;
    private long _nextReport;

    public CancellationToken CancellationToken => cancellationToken;

    public void Report(TokenizerTrainingStage stage, long completed, long? total = null)
    {
        if (stage == _stage && completed < _nextReport && completed != total)
        {
            return;
        }
        cancellationToken.ThrowIfCancellationRequested();
        progress?.Report(new TokenizerTrainingProgress(stage, completed, total));
        _stage = stage;
        _nextReport = completed + (total is { } known ? Math.Max(1, known / 100) : UnknownTotalStep);
    }
}
