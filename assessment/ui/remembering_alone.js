export default ({ data }) => remember(data.place, data.token);
