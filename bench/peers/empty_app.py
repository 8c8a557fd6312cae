"""An empty page: one word."""

import streamlit as st

st.write("Nothing.")
