using System.ComponentModel.DataAnnotations;

namespace MLNet.Transformers.Serving;

/// <summary>How requests are gathered into batches, and how much of anything is taken.</summary>
public sealed class BatchedPredictionOptions
{
    /// <summary>The name of the model in its pool; empty for the default model.</summary>
    [Required(AllowEmptyStrings = true)]
    public string ModelName { get; set; } = "";

    /// <summary>The most rows that the model scores at once.</summary>
    [Range(1, int.MaxValue)]
    public int MaxBatchRows { get; set; } = 32;

    /// <summary>
    /// How long the first row of a batch waits for others at most. Zero takes what is there: while the model scores one batch,
    /// the next gathers by itself.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan MaxWait { get; set; } = TimeSpan.Zero;

    /// <summary>The most rows that wait for the model; a request beyond is refused with status 429.</summary>
    [Range(1, int.MaxValue)]
    public int QueueCapacity { get; set; } = 1024;

    /// <summary>The most rows of one request; more are refused with status 413.</summary>
    [Range(1, int.MaxValue)]
    public int MaxRequestRows { get; set; } = 128;

    /// <summary>The most bytes of a request's body; more are refused with status 413. Files such as images travel in base64, which takes a third more.</summary>
    [Range(1, int.MaxValue)]
    public int MaxRequestBytes { get; set; } = 1 << 20;

    /// <summary>The most UTF-16 characters of one text; a longer one is refused with status 400.</summary>
    [Range(1, int.MaxValue)]
    public int MaxTextLength { get; set; } = 20_000;

    /// <summary>Whether a text that the model needs may be empty or blank; otherwise it is refused with status 400.</summary>
    public bool AllowBlankTexts { get; set; }

    /// <summary>
    /// How long requests are still accepted when the service is to stop and its readiness says no already: as long as whoever
    /// sends them here takes to notice. It is part of the host's ShutdownTimeout.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan ShutdownDelay { get; set; } = TimeSpan.Zero;
}
