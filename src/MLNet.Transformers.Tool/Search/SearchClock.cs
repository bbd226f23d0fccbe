namespace MLNet.Transformers.Tool.Search;

/// <summary>Time that a search took, in this process and in those before.</summary>
/// <param name="time">Tells the time.</param>
internal sealed class SearchClock(TimeProvider time)
{
    private readonly long start = time.GetTimestamp();

    /// <summary>Seconds that it took in other processes.</summary>
    public double SecondsBefore { get; set; }

    /// <summary>Seconds until now.</summary>
    public double Seconds => SecondsBefore + time.GetElapsedTime(start).TotalSeconds;
}
