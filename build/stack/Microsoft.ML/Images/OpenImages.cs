namespace Microsoft.ML.Internal;

/// <summary>The images that the getters of one cursor hold, which are disposed with it.</summary>
internal sealed class OpenImages : IDisposable
{
    private readonly List<Place> _places = [];

    /// <summary>A new place for an image, in the row that the getter is made for.</summary>
    public static Place In(MappedRow row)
    {
        var place = new Place();
        row.Shared(_ => new OpenImages())._places.Add(place);
        return place;
    }

    public void Dispose() => _places.ForEach(place => place.Image?.Dispose());

    public sealed class Place
    {
        public MLImage Image;
    }
}
