namespace MLNet.Transformers.Models;

/// <summary>
/// How a training is kept on disk, so that one that was killed goes on where it was. On a CPU it then ends with the same weights, bit
/// for bit, as if nothing had happened.
/// </summary>
/// <param name="Folder">The folder of this one training, which is made when it is not there. Each checkpoint is a folder in it that appears whole or not at all.</param>
public sealed record CheckpointOptions(string Folder)
{
    /// <summary>Steps between two checkpoints; null for none within an epoch.</summary>
    public int? EverySteps { get; init; }

    /// <summary>Whether there is a checkpoint after every epoch.</summary>
    public bool EveryEpoch { get; init; } = true;

    /// <summary>How many checkpoints stay, the newest ones.</summary>
    public int Keep { get; init; } = 2;

    /// <summary>Whether training goes on from the newest checkpoint in the folder, if there is one; otherwise a folder that has any is refused.</summary>
    public bool Resume { get; init; } = true;

    /// <summary>Refuses values that cannot be.</summary>
    /// <exception cref="ArgumentException">Names the value.</exception>
    internal void Require()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(Folder);
        ArgumentOutOfRangeException.ThrowIfLessThan(EverySteps ?? 1, 1, nameof(EverySteps));
        ArgumentOutOfRangeException.ThrowIfLessThan(Keep, 1);
    }
}
