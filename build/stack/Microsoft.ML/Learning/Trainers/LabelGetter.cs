namespace Microsoft.ML.Trainers;

/// <summary>Labels as numbers: true is 1, a key counts from 0, and what is missing is not a number.</summary>
internal static class LabelGetter
{
    public static ValueGetter<float> Create(DataViewRow row, DataViewSchema.Column label) => label.Type switch
    {
        NumberDataViewType type when type == NumberDataViewType.Single => row.GetGetter<float>(label),
        NumberDataViewType type when type == NumberDataViewType.Double => Of<double>(row, label, value => (float)value),
        BooleanDataViewType => Of<bool>(row, label, value => value ? 1 : 0),
        KeyDataViewType key when key.RawType == typeof(byte) => Of<byte>(row, label, value => IndexOf(value, key)),
        KeyDataViewType key when key.RawType == typeof(ushort) => Of<ushort>(row, label, value => IndexOf(value, key)),
        KeyDataViewType key when key.RawType == typeof(uint) => Of<uint>(row, label, value => IndexOf(value, key)),
        KeyDataViewType key => Of<ulong>(row, label, value => IndexOf(value, key)),
        _ => throw Contracts.Except("Only floating point number, boolean, and key type values can be used as label."),
    };

    private static ValueGetter<float> Of<T>(DataViewRow row, DataViewSchema.Column label, Func<T, float> number)
    {
        var getLabel = row.GetGetter<T>(label);
        T value = default;
        return (ref float destination) =>
        {
            getLabel(ref value);
            destination = number(value);
        };
    }

    private static float IndexOf(ulong key, KeyDataViewType type) => key > 0 && key <= type.Count ? key - 1 : float.NaN;
}
