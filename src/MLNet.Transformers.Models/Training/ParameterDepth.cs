using System.Globalization;
using System.Text.RegularExpressions;

namespace MLNet.Transformers.Models;

/// <summary>
/// How far from the input each parameter stands, told from its name: 0 for embeddings and whatever the layers share, i + 1 for
/// layer i, the last layer's depth for the norm behind it, and one more for the head. A decoder's layers stand on its encoder's, those of
/// a stage on those of the stage before it, and those of two towers side by side.
/// </summary>
internal sealed partial class ParameterDepth
{
    private readonly int encoderLayers;
    private readonly int[] stageStarts;

    /// <param name="names">The names of all parameters.</param>
    public ParameterDepth(IReadOnlyCollection<string> names)
    {
        var places = names.Select(Place.Of).ToList();
        stageStarts = [0, .. places.Where(place => place.Stage is not null).GroupBy(place => place.Stage).OrderBy(stage => stage.Key).Select(CountOf)];
        for (var stage = 1; stage < stageStarts.Length; stage++)
            stageStarts[stage] += stageStarts[stage - 1];
        encoderLayers = stageStarts[^1] + CountOf(places.Where(place => !place.IsOfDecoder && place.Stage is null));
        LayerCount = encoderLayers + CountOf(places.Where(place => place.IsOfDecoder));
    }

    /// <summary>The number of layers that the names tell of.</summary>
    public int LayerCount { get; }

    /// <summary>The depth of one parameter.</summary>
    public int Of(string name)
    {
        var place = Place.Of(name);
        if (place.Stage is { } stage)
            return place.Layer is { } ofStage ? stageStarts[stage] + ofStage + 1 : stageStarts[stage + 1];
        if (place.Layer is { } layer)
            return (place.IsOfDecoder ? encoderLayers : 0) + layer + 1;
        if (place.IsLastNorm)
            return place.IsOfDecoder ? LayerCount : encoderLayers;
        return place.IsOfBackbone ? 0 : LayerCount + 1;
    }

    private static int CountOf(IEnumerable<Place> places) => places.Select(place => place.Layer).Max() + 1 ?? 0;

    /// <summary>What a name says.</summary>
    private readonly record struct Place(bool IsOfBackbone, bool IsOfDecoder, int? Stage, int? Layer, bool IsLastNorm)
    {
        public static Place Of(string name)
        {
            var parts = Path().Match(name).Groups;
            // A backbone that is trained by itself has no name before its parts.
            var isOfBackbone = parts["backbone"].Success || parts["side"].Success || parts["stack"].Success || parts["stage"].Success || BackbonePart().IsMatch(parts["rest"].Value);
            return new Place(
                isOfBackbone,
                parts["side"].Value == "decoder.",
                Number(parts["stage"]),
                Number(parts["layer"]),
                isOfBackbone && parts["rest"].Value.StartsWith("norm.", StringComparison.Ordinal));
        }

        private static int? Number(Group digits) => digits.Success ? int.Parse(digits.ValueSpan, CultureInfo.InvariantCulture) : null;
    }

    [GeneratedRegex(@"^(image\.|text\.)?(?<backbone>backbone\.)?(?<side>encoder\.|decoder\.)?(((?<stack>stack\.)|stages\.(?<stage>\d+)\.)(layers\.(?<layer>\d+)\.)?)?(?<rest>.*)$", RegexOptions.ExplicitCapture)]
    private static partial Regex Path();

    [GeneratedRegex(@"^(embedding|context|projection|entryNorm|norm)\.")]
    private static partial Regex BackbonePart();
}
