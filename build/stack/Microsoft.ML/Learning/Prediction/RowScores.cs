using Microsoft.ML.Trainers;

namespace Microsoft.ML.Data;

/// <summary>The scores of a cursor's row by class, computed once for all columns that show them.</summary>
internal sealed class RowScores(LinearMulticlassModelParametersBase model, MappedRow row, DataViewSchema.Column features)
{
    private readonly ValueGetter<VBuffer<float>> _getFeatures = row.GetGetter<VBuffer<float>>(features);
    private readonly float[] _scores = new float[model.NumberOfClasses];
    private VBuffer<float> _features;
    private long _position = -1;

    public ReadOnlySpan<float> Current
    {
        get
        {
            if (_position != row.Input.Position)
            {
                _getFeatures(ref _features);
                model.Predict(_features, _scores);
                _position = row.Input.Position;
            }

            return _scores;
        }
    }

    /// <summary>The key of the class that scores highest, of equal scores the first; 0 if none is a number.</summary>
    public uint Best
    {
        get
        {
            var scores = Current;
            var best = -1;
            for (var c = 0; c < scores.Length; c++)
                if (best < 0 ? !float.IsNaN(scores[c]) : scores[c] > scores[best])
                    best = c;
            return (uint)(best + 1);
        }
    }
}
