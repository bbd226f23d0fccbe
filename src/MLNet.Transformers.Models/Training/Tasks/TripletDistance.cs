namespace MLNet.Transformers.Models;

/// <summary>How far two vectors are from each other.</summary>
public enum TripletDistance
{
    /// <summary>The length of their difference.</summary>
    Euclidean,

    /// <summary>1 less their cosine.</summary>
    Cosine,
}
